import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestRelay, until } from '#testing';
import pg from 'pg';

/** Partitions that stand in for the shards of a Citus cluster. */
const SHARDS = 8;

/**
 * What Citus does with a table when it is distributed, as far as PostgreSQL alone can: its rows fall into partitions by the hash of
 * the same column, every unique key has to contain that column, and whoever has its value needs one partition only.
 */
const STAND_IN = `
CREATE FUNCTION create_distributed_table(
  table_name regclass, distribution_column text, colocate_with text DEFAULT 'default', shard_count integer DEFAULT NULL
) RETURNS void LANGUAGE plpgsql AS $function$
DECLARE
  plain text := table_name::text;
BEGIN
  EXECUTE format('ALTER TABLE %I RENAME TO %I', plain, plain || '_whole');
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL) PARTITION BY HASH (%I)', plain, plain || '_whole', distribution_column);
  FOR shard IN 0 .. ${SHARDS - 1} LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS ${SHARDS}, REMAINDER %s)',
      plain || '_shard_' || shard, plain, shard);
  END LOOP;
  EXECUTE format('INSERT INTO %I SELECT * FROM %I', plain, plain || '_whole');
  EXECUTE format('DROP TABLE %I', plain || '_whole');
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO PUBLIC', plain);
  INSERT INTO distributed VALUES (plain, distribution_column, colocate_with);
END $function$`;

const DISTRIBUTE = readFileSync(join(__dirname, '../../deploy/citus/distribute.sql'), 'utf8');

/** Distributes the tables of a relay by the operator's own file, over partitions. */
export async function distribute(relay: TestRelay): Promise<void> {
  await until(async () => (await fetch(`${relay.url}/health/ready`)).ok, 'the relay has prepared its database');
  await relay.query('CREATE TABLE distributed (name text, key text, beside text)');
  await relay.query(STAND_IN);
  await relay.query(DISTRIBUTE);
}

/** A statement as it went to PostgreSQL. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Whether it is about rows, not a transaction or a setting. */
export function isOfTables({ text }: Statement): boolean {
  return /^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(text);
}

/** Keeps the statements that the relay of this process sends while something is done. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const kept: Statement[] = [];
  const { query } = pg.Client.prototype;
  const spy = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...args: unknown[]
  ): unknown {
    const [first, second] = args;
    if (typeof first === 'string') kept.push({ text: first, values: Array.isArray(second) ? second : [] });
    else if (isQuery(first)) kept.push({ text: first.text, values: first.values ?? [] });
    return Reflect.apply(query, this, args);
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return kept;
}

function isQuery(given: unknown): given is { text: string; values?: unknown[] } {
  return typeof given === 'object' && given !== null && 'text' in given && typeof given.text === 'string';
}

/** Runs a statement again, takes back what it did, and says which shards it looked into. */
export async function shardsOf(relay: TestRelay, statement: Statement): Promise<number[]> {
  const tables = await tablesOf(relay, statement, 'coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins');
  return shardsNamed(tables);
}

/** The shards in which a statement would look, whatever it finds in the first of them. Where it inserts is not in its plan. */
export async function shardsPlanned(relay: TestRelay, { text, values }: Statement): Promise<number[]> {
  const plan = await relay.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
  return shardsNamed(plan.flatMap((row) => row['QUERY PLAN'].match(/\w+_shard_\d+(?= )/g) ?? []));
}

function shardsNamed(tables: readonly string[]): number[] {
  return [...new Set(tables.flatMap((name) => /_shard_(\d+)$/.exec(name)?.slice(1).map(Number) ?? []))];
}

/** Runs a statement again, takes back what it did, and names the tables of which it counts something, in functions as well. */
export async function tablesOf(
  relay: TestRelay,
  { text, values }: Statement,
  counted: 'seq_scan' | 'coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins',
): Promise<string[]> {
  const connection = await relay.connection();
  // With what the connection has counted before, and not passed on yet.
  const counts = async (): Promise<Map<string, string>> => {
    const { rows } = await connection.query<{ name: string; count: string }>(
      `SELECT relname AS name, ${counted} AS count FROM pg_stat_xact_user_tables`,
    );
    return new Map(rows.map(({ name, count }) => [name, count]));
  };
  try {
    await connection.query('BEGIN');
    const before = await counts();
    await connection.query(text, [...values]);
    const after = await counts();
    return [...after].flatMap(([name, count]) => (count === before.get(name) ? [] : [name]));
  } finally {
    await connection.query('ROLLBACK');
    connection.release();
  }
}
