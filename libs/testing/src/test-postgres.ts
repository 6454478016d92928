import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../../apps/relay/src/platform/database/embedded/embedded-postgres.js';
import { findInstanceHolder } from '../../../apps/relay/src/platform/database/embedded/instance-lock.js';
import { applicationGrants } from '../../../apps/relay/src/platform/database/embedded/provision.js';

/** The same database, as its owner and as the relay would use it. */
export interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly applicationUrl: string;
}

export interface TestPostgres extends DatabaseUrls {
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

export interface TestDatabase extends DatabaseUrls {
  /** Ends what sessions are left and removes the database. */
  drop(): Promise<void>;
}

/** One that can be backed up. */
export interface RestorableDatabase extends TestDatabase {
  /** Another database, as this one is now. Nobody may be connected. */
  copy(): Promise<RestorableDatabase>;
  /** Makes this one what a copy of it is, as when a backup is restored. Nobody may be connected. */
  goBackTo(copy: TestDatabase): Promise<void>;
}

/** Starts a server with an empty database, for one run of the tests. It ends with this process at the latest. */
export async function startTestPostgres(): Promise<TestPostgres> {
  await removeAbandoned();
  const directory = await mkdtemp(join(tmpdir(), DIRECTORY_PREFIX));
  const server = await startEmbeddedPostgres({ directory, settings: SETTINGS, log: () => undefined });
  return {
    ownerUrl: server.ownerUrl,
    applicationUrl: server.applicationUrl,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * Makes an empty database for one test file, with the same roles and rights as the real one. The URLs are
 * strings only, so that they can come from another process.
 */
export async function createTestDatabase(): Promise<RestorableDatabase> {
  return made(freshName());
}

const freshName = (): string => `test_${randomUUID().replaceAll('-', '')}`;

async function made(database: string, template?: string): Promise<RestorableDatabase> {
  const server = serverOfJest();
  const ownerUrl = withDatabase(server.ownerUrl, database);
  const like = template === undefined ? '' : ` TEMPLATE ${template}`;
  await patiently(OBJECT_IN_USE, () => execute(server.ownerUrl, `CREATE DATABASE ${database}${like}`));
  await execute(ownerUrl, applicationGrants(database));
  const drop = (): Promise<void> =>
    patiently(INSUFFICIENT_PRIVILEGE, () =>
      execute(server.ownerUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`),
    );
  return {
    ownerUrl,
    applicationUrl: withDatabase(server.applicationUrl, database),
    drop,
    copy: () => made(freshName(), database),
    async goBackTo(copy) {
      await drop();
      await made(database, new URL(copy.ownerUrl).pathname.slice(1));
    },
  };
}

/** The one that Jest has started for all test files. */
function serverOfJest(): DatabaseUrls {
  const { TEST_OWNER_URL: ownerUrl, TEST_APPLICATION_URL: applicationUrl } = process.env;
  if (ownerUrl === undefined || applicationUrl === undefined)
    throw new Error('run this through Jest, which starts PostgreSQL');
  return { ownerUrl, applicationUrl };
}

const DIRECTORY_PREFIX = 'sealpost-test-postgres-';
const ABANDONED_MILLISECONDS = 3_600_000;

/** Durable as in production, because tests that kill the server rely on it. Room for many workers' pools. */
const SETTINGS = { max_connections: '200', shared_buffers: '256MB', max_wal_size: '2GB' };

/** Runs that were killed leave their data behind, some fifty megabytes each. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(DIRECTORY_PREFIX)) continue;
    const directory = join(tmpdir(), name);
    const changedAt = (await stat(directory).catch(() => undefined))?.mtimeMs;
    // A young one may belong to a run that has made its directory, and not locked it yet.
    if (changedAt === undefined || Date.now() - changedAt < ABANDONED_MILLISECONDS) continue;
    if ((await findInstanceHolder(directory)) === undefined) await rm(directory, { recursive: true, force: true });
  }
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

const TRIES = 50;
const PAUSE_MS = 200;
const INSUFFICIENT_PRIVILEGE = '42501';
const OBJECT_IN_USE = '55006';

/** Sessions that are ending, and PostgreSQL's own workers, which are not the owner's to end, are waited for. */
async function patiently(code: string, work: () => Promise<void>, tries = TRIES): Promise<void> {
  try {
    await work();
  } catch (error) {
    const isHeld = error instanceof pg.DatabaseError && error.code === code;
    if (!isHeld || tries <= 1) throw error;
    await delay(PAUSE_MS);
    await patiently(code, work, tries - 1);
  }
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
