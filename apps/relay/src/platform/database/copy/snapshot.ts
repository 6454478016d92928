import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withCopyClient } from './copy-client.js';

/** A table as it is copied: columns by name, for their order depends on when each came. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** What refers to other tables comes after them, so that a copy can be filled in this order. */
const TABLES = `
  WITH RECURSIVE placed (id, depth) AS (
    SELECT oid, 0 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations'
    UNION
    SELECT f.conrelid, p.depth + 1 FROM placed p
    JOIN pg_constraint f ON f.confrelid = p.id AND f.contype = 'f' AND f.conrelid <> f.confrelid
  )
  SELECT c.relname AS name, array(
    SELECT a.attname::text FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum
  ) AS columns
  FROM (SELECT id, max(depth) AS depth FROM placed GROUP BY id) p JOIN pg_class c ON c.oid = p.id
  ORDER BY p.depth, c.relname`;

/** All that a database holds at one moment, however much is written meanwhile. */
export class DatabaseSnapshot {
  private constructor(private readonly client: pg.Client) {}

  /** Lends the snapshot for as long as the work takes. @param url of a role that may read every table. */
  static async of<T>(url: string, work: (snapshot: DatabaseSnapshot) => Promise<T>): Promise<T> {
    return withCopyClient(url, async (client) => {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const result = await work(new DatabaseSnapshot(client));
      await client.query('COMMIT');
      return result;
    });
  }

  /** Every table but the history of migrations, in the order in which they can be filled. */
  async tables(): Promise<CopiedTable[]> {
    return this.query<CopiedTable>(TABLES);
  }

  /** The names of the migrations that have run, oldest first. */
  async migrations(): Promise<string[]> {
    return migrationsOf(this.client);
  }

  /** Rows in PostgreSQL's text format, a line each, which every later version reads. */
  rowsOf(table: CopiedTable): Readable {
    return this.client.query(copyTo(`COPY ${nameOf(table)} TO STDOUT`));
  }

  async query<Row extends object>(sql: string): Promise<Row[]> {
    return (await this.client.query<Row>(sql)).rows;
  }
}

/** The table and its columns, as COPY wants them. */
export function nameOf({ name, columns }: CopiedTable): string {
  return `${pg.escapeIdentifier(name)} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`;
}

/** None where no relay was yet. */
export async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ is_there: boolean }>(
    `SELECT to_regclass('public.migrations') IS NOT NULL AS is_there`,
  );
  if (rows[0]?.is_there !== true) return [];
  const done = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  return done.rows.map(({ name }) => name);
}
