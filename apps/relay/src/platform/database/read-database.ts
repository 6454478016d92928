import { type Connection, dataSourceFor } from './data-source.js';
import type { Database } from './database.js';

/** A whole log is read by statements that take longer than any of a relay's. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** Lets somebody read a database as it is: without a relay, and without migrating it. */
export async function readDatabase<T>(
  connection: Pick<Connection, 'url' | 'schema'>,
  work: (database: Pick<Database, 'query'>) => Promise<T>,
): Promise<T> {
  const source = dataSourceFor({ ...connection, poolSize: 1, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  await source.initialize();
  const query = <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    source.query<Row[]>(sql, [...parameters]);
  try {
    return await work({ query });
  } finally {
    await source.destroy();
  }
}
