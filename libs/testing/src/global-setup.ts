import { startTestPostgres, type TestPostgres } from './test-postgres.js';

declare global {
  var testPostgres: TestPostgres | undefined;
}

/** One PostgreSQL for the whole run; each test file makes its own database in it. Jest wants a default export. */
export default async function globalSetup(): Promise<void> {
  if (globalThis.testPostgres !== undefined) return;
  const server = await startTestPostgres();
  globalThis.testPostgres = server;
  process.env['TEST_OWNER_URL'] = server.ownerUrl;
  process.env['TEST_APPLICATION_URL'] = server.applicationUrl;
}
