import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Statements } from '../lent-database.js';
import { withCopyClient } from './copy-client.js';
import { type CopiedTable, migrationsOf, nameOf } from './snapshot.js';

const ENDING_TRIES = 10;
const ENDING_PAUSE_MS = 200;

/** A table with the rows it is to have. */
export interface TableContents extends CopiedTable {
  readonly rows: number;
  /** What reads them, and what makes PostgreSQL's text format of that. */
  readonly read: () => readonly [Readable, ...Duplex[]];
}

interface Filling {
  readonly tables: readonly TableContents[];
  /** Tables in which migrations have put rows of their own, which give way. */
  readonly seeded: readonly string[];
  /** What is done before anybody can see any of it. */
  readonly settle: (statements: Statements) => Promise<void>;
}

/** What stands in the way of filling a database. */
export interface Occupancy {
  readonly migrations: readonly string[];
  /** Tables that hold rows. */
  readonly filled: readonly string[];
  /** How many connections of relays there are. */
  readonly relays: number;
}

/** @param url of the role that owns the database. */
export async function occupancyOf(url: string): Promise<Occupancy> {
  return withCopyClient(url, async (client) => {
    const names = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations' ORDER BY relname`,
    );
    const filled: string[] = [];
    for (const { name } of names.rows) {
      const { rowCount } = await client.query(`SELECT FROM ${pg.escapeIdentifier(name)} LIMIT 1`);
      if (rowCount !== 0) filled.push(name);
    }
    return { migrations: await migrationsOf(client), filled, relays: await relaysOf(client) };
  });
}

/** How many there are, once those have ended that are about to: of a relay that was just stopped. */
async function relaysOf(client: pg.Client): Promise<number> {
  for (let tries = ENDING_TRIES; ; tries--) {
    const { rowCount } = await client.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'sealpost'`,
    );
    if (rowCount === 0 || tries <= 1) return rowCount ?? 0;
    await sleep(ENDING_PAUSE_MS);
  }
}

/**
 * Fills the tables of a database, all or none of them. @param url of the role that owns them.
 * @throws {Error} when a table does not get as many rows as it should.
 */
export async function fillDatabase(url: string, { tables, seeded, settle }: Filling): Promise<void> {
  await withCopyClient(url, async (client) => {
    await client.query('BEGIN');
    for (const name of seeded) await client.query(`DELETE FROM ${pg.escapeIdentifier(name)}`);
    for (const table of tables) await fill(client, table);
    await settle({
      query: async <Row>(sql: string, parameters?: readonly unknown[]) =>
        (await client.query<Row & pg.QueryResultRow>(sql, [...(parameters ?? [])])).rows,
    });
    await client.query('COMMIT');
    // Without it the planner takes every table for an empty one, until the server looks by itself.
    await client.query('ANALYZE');
  });
}

async function fill(client: pg.Client, table: TableContents): Promise<void> {
  const copy = client.query(copyFrom(`COPY ${nameOf(table)} FROM STDIN`));
  await pipeline([...table.read(), copy]);
  if (copy.rowCount !== table.rows)
    throw new Error(`${table.name} has ${String(copy.rowCount)} rows in the backup, not ${String(table.rows)}`);
}
