import type { DataSource } from 'typeorm';
import { type Connection, dataSourceFor } from './data-source.js';
import type { Database } from './database.js';

/** A whole log is read by statements that take longer than any of a relay's. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** As much of a database as its operator's commands take. */
export type LentDatabase = Pick<Database, 'query' | 'transaction'>;

/** What statements are run by, inside of a transaction. */
export type Statements = Pick<LentDatabase, 'query'>;

/** Lends somebody a database as it is: without a relay, and without migrating it. */
export async function withLentDatabase<T>(
  connection: Pick<Connection, 'url' | 'schema'>,
  work: (database: LentDatabase) => Promise<T>,
): Promise<T> {
  const source = dataSourceFor({ ...connection, poolSize: 1, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  await source.initialize();
  try {
    return await work({
      query: <Row>(sql: string, parameters?: readonly unknown[]) => source.query<Row[]>(sql, [...(parameters ?? [])]),
      transaction: (steps) => source.transaction(steps),
    });
  } finally {
    await source.destroy();
  }
}

/** Does something by statements that are committed together, or not at all. */
export function inOneTransaction<T>(source: DataSource, work: (statements: Statements) => Promise<T>): Promise<T> {
  return source.transaction((manager) =>
    work({
      query: <Row>(sql: string, parameters?: readonly unknown[]) => manager.query<Row[]>(sql, [...(parameters ?? [])]),
    }),
  );
}
