import type { Clock } from '../platform/clock/clock.js';
import type { LentDatabase } from '../platform/database/lent-database.js';
import type { Schema } from '../platform/database/schema.js';
import { skew } from './clock-skew.js';
import { fail, type Finding, ok, warn } from './finding.js';

const OLDEST_SERVER = 150_000;

/** Looks at a database as the application role sees it. */
export async function examineDatabase(database: LentDatabase, schema: Schema, clock: Clock): Promise<Finding[]> {
  return [
    await version(database),
    await durability(database),
    await rights(database, Object.keys(schema.guarded)),
    await migrations(database, schema),
    await indexes(database),
    await time(database, clock),
  ];
}

async function version(database: LentDatabase): Promise<Finding> {
  const [server] = await database.query<{ version: string; number: number }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
  );
  const { version: name = 'unknown', number = 0 } = server ?? {};
  if (number < OLDEST_SERVER) return fail('database', `PostgreSQL ${name} is too old: the relay needs 15 or newer`);
  return ok('database', `PostgreSQL ${name} answers`);
}

async function durability(database: LentDatabase): Promise<Finding> {
  const rows = await database.query<{ name: string }>(
    `SELECT name FROM pg_settings
     WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name`,
  );
  if (rows.length === 0) return ok('durability', 'what is acknowledged is on the disk');
  const names = rows.map(({ name }) => name).join(', ');
  return fail('durability', `off: ${names}. Acknowledged messages could be lost: switch it on in PostgreSQL`);
}

async function rights(database: LentDatabase, guarded: readonly string[]): Promise<Finding> {
  const [role] = await database.query<{ superuser: boolean; creates: boolean; changes: boolean }>(
    `SELECT rolsuper AS superuser, has_schema_privilege(current_user, 'public', 'CREATE') AS creates,
            EXISTS (
              SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($1)
              AND has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE')
            ) AS changes
     FROM pg_roles WHERE rolname = current_user`,
    [guarded],
  );
  if (role?.superuser !== false) return fail('rights', 'DATABASE_URL names a superuser: make a role with fewer rights');
  if (role.creates || role.changes)
    return warn(
      'rights',
      'the role of DATABASE_URL may change the schema, and so the audit log: let another one own it (MIGRATION_DATABASE_URL)',
    );
  return ok('rights', 'the relay may change rows, but no tables, and nothing in the audit log');
}

async function migrations(database: LentDatabase, schema: Schema): Promise<Finding> {
  const [table] = await database.query<{ is_there: boolean }>(
    `SELECT to_regclass('public.migrations') IS NOT NULL AS is_there`,
  );
  if (table?.is_there !== true) return warn('migrations', 'none has run yet: start the relay once');
  const rows = await database.query<{ name: string }>('SELECT name FROM migrations');
  const done = new Set(rows.map(({ name }) => name));
  const known = new Set(schema.migrations.map(({ name }) => name));
  if ([...done].some((name) => !known.has(name)))
    return fail('migrations', 'a newer version has changed this database: install that one');
  const missing = schema.migrations.filter(({ name }) => !done.has(name)).length;
  if (missing > 0) return warn('migrations', `${String(missing)} have not run yet: they do when the relay starts`);
  return ok('migrations', `all ${String(known.size)} have run`);
}

/** What a migration that was broken off leaves behind: it costs every write, and serves no read. */
async function indexes(database: LentDatabase): Promise<Finding> {
  const rows = await database.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE NOT i.indisvalid AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname`,
  );
  if (rows.length === 0) return ok('indexes', 'all are whole');
  const names = rows.map(({ name }) => name).join(', ');
  return warn('indexes', `not whole: ${names}. REINDEX INDEX CONCURRENTLY makes them anew`);
}

async function time(database: LentDatabase, clock: Clock): Promise<Finding> {
  const before = clock.millis();
  const [row] = await database.query<{ ms: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
  );
  return skew('clock of the database', (row?.ms ?? NaN) - (before + clock.millis()) / 2);
}
