import { tsImport } from 'tsx/esm/api';

/**
 * One PostgreSQL for the whole run; each test file makes its own database in it. Jest compiles and resolves TypeScript for
 * tests, but not for what runs before them. It wants a default export.
 */
export default async function globalSetup() {
  if (globalThis.testPostgres !== undefined) return;
  const { startTestPostgres } = await tsImport('./test-postgres.ts', import.meta.url);
  const server = await startTestPostgres();
  globalThis.testPostgres = server;
  process.env.TEST_OWNER_URL = server.ownerUrl;
  process.env.TEST_APPLICATION_URL = server.applicationUrl;
}
