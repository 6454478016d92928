import pg from 'pg';

/** Connects to a database for as long as `work` takes. @returns what that returns. */
export async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
