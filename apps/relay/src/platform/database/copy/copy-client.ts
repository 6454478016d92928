import pg from 'pg';

const CONNECT_MS = 10_000;
/** How the connections of these commands are told from those of a relay. */
const APPLICATION_NAME = 'sealpost-copy';

/** A connection for statements that take as long as they take. */
export async function withCopyClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: APPLICATION_NAME,
    keepAlive: true,
  });
  // A lost connection is told to whoever waits for an answer as well. Unheard, it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Whatever the role or the database says.
    await client.query('SET statement_timeout = 0');
    await client.query('SET idle_in_transaction_session_timeout = 0');
    return await work(client);
  } finally {
    await client.end();
  }
}
