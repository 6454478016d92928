import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource, QueryFailedError } from 'typeorm';
import type { Log } from '../logging/log.js';
import { dataSourceFor } from './data-source.js';
import { hasErrorCode } from './embedded/error-code.js';
import type { Schema } from './schema.js';

/** Any fixed number: everyone who migrates takes this advisory lock first, so that two nodes never migrate at once. */
const MIGRATION_LOCK = 7_325_641;
const OLDEST_SERVER = 150_000;
/**
 * A migration that waits for a lock on a table makes everybody wait who comes after it: relays of the version before, which serve
 * meanwhile. So it gives up soon, lets them through, and tries again.
 */
const LOCK_TIMEOUT_MS = 300;
/** PostgreSQL's own vacuum gives way to whoever has waited for it for a second (`deadlock_timeout`), and to nobody before. */
const LOCK_TIMEOUT_BEHIND_VACUUM_MS = 1_500;
const VACUUMS = `
  SELECT 1 FROM pg_stat_progress_vacuum WHERE datname = current_database()
  UNION ALL SELECT 1 FROM pg_stat_progress_analyze WHERE datname = current_database()`;
const LOCK_TRIES = 60;
const LOCK_PAUSE_MS = 500;
const LOCK_NOT_AVAILABLE = '55P03';

/** The database answers, but must not be used as it is. */
export class DatabaseRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DatabaseRefused';
  }
}

interface Preparation {
  readonly applicationUrl: string;
  readonly ownerUrl: string;
  readonly schema: Schema;
  readonly log: Log;
}

/** Checks the server's promises, to both roles, and brings the schema up to date, as the role that owns it. */
export async function prepareDatabase({ applicationUrl, ownerUrl, schema, log }: Preparation): Promise<void> {
  const application = await dataSourceFor({ url: applicationUrl, poolSize: 1, schema }).initialize();
  try {
    await assertHumble(application);
    await assertDurable(application);
  } finally {
    await application.destroy();
  }
  await withMigrated({ ownerUrl, schema, log }, async (owner) => {
    if (applicationUrl !== ownerUrl)
      await grantTo(owner, decodeURIComponent(new URL(applicationUrl).username), schema.guarded);
  });
}

/** Brings the schema up to date, and works on it while nobody else migrates, or begins to serve. */
export async function withMigrated<T>(
  { ownerUrl, schema, log }: Omit<Preparation, 'applicationUrl'>,
  work: (owner: DataSource) => Promise<T>,
): Promise<T> {
  const owner = await dataSourceFor({ url: ownerUrl, poolSize: 2, schema, statementTimeoutMs: 0 }).initialize();
  try {
    await assertDurable(owner);
    return await alone(owner, async () => {
      await migrate(owner, log);
      return work(owner);
    });
  } finally {
    await owner.destroy();
  }
}

/**
 * An acknowledged message must survive `kill -9` and a power cut; these settings are what that rests on. Each role may have
 * its own, for each database.
 */
async function assertDurable(role: DataSource): Promise<void> {
  const rows = await role.query<{ name: string; setting: string }[]>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num')`,
  );
  for (const { name, setting } of rows) {
    if (name === 'server_version_num' && Number(setting) < OLDEST_SERVER)
      throw new DatabaseRefused('PostgreSQL 15 or newer is needed');
    if (setting === 'off') throw new DatabaseRefused(`${name} is off: acknowledged messages could be lost`);
  }
}

/** The running relay needs no power over the server, so a flaw in it must not give any. */
async function assertHumble(application: DataSource): Promise<void> {
  const [role] = await application.query<{ rolsuper: boolean }[]>(
    'SELECT rolsuper FROM pg_roles WHERE rolname = current_user',
  );
  if (role?.rolsuper !== false)
    throw new DatabaseRefused('DATABASE_URL names a superuser: use a role with fewer rights');
}

/** Two relays that start at once would change the same rights, of which PostgreSQL refuses one. */
async function alone<T>(owner: DataSource, work: () => Promise<T>): Promise<T> {
  const lock = owner.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const result = await work();
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    return result;
  } finally {
    await lock.release();
  }
}

async function migrate(owner: DataSource, log: Log): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await boundWaiting(owner);
      for (const { name } of await owner.runMigrations({ transaction: 'each' }))
        log.info('migration applied', { migration: name });
      return;
    } catch (error) {
      if (!isLockTimeout(error) || attempt >= LOCK_TRIES) throw error;
      log.info('a migration waits for a table that is in use', { attempt });
      await sleep(LOCK_PAUSE_MS);
    }
  }
}

/** For the one connection that is left beside the one with the lock. */
async function boundWaiting(owner: DataSource): Promise<void> {
  const { length } = await owner.query<unknown[]>(VACUUMS);
  await owner.query(`SELECT set_config('lock_timeout', $1, false)`, [
    String(length === 0 ? LOCK_TIMEOUT_MS : LOCK_TIMEOUT_BEHIND_VACUUM_MS),
  ]);
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof QueryFailedError && hasErrorCode(error.driverError, LOCK_NOT_AVAILABLE);
}

/**
 * Rows, not structure, are what the application role may touch, and not all of them. In one transaction: while a relay
 * starts, the role of those that run must not be able to do more for a moment.
 */
async function grantTo(owner: DataSource, role: string, guarded: Schema['guarded']): Promise<void> {
  const name = `"${role.replaceAll('"', '""')}"`;
  await owner.transaction(async (manager) => {
    await manager.query(`GRANT USAGE ON SCHEMA public TO ${name}`);
    await manager.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`);
    await manager.query('REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC');
    await manager.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO ${name}`);
    for (const [table, rights] of Object.entries({ ...guarded, migrations: 'SELECT' })) {
      await manager.query(`REVOKE ALL ON ${table} FROM ${name}`);
      await manager.query(`GRANT ${rights} ON ${table} TO ${name}`);
    }
  });
}
