import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase, TestRelay, TestUser } from '#testing';
import pg from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { dataSourceFor } from '../../apps/relay/src/platform/database/data-source.js';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../apps/relay/src/platform/database/embedded/embedded-postgres.js';
import { prepareDatabase } from '../../apps/relay/src/platform/database/prepare-database.js';
import { Log } from '../../apps/relay/src/platform/logging/log.js';
import { RELAY_SCHEMA } from '../../apps/relay/src/schema.js';
import { SCHEMA_LINES } from './schema-dump.js';

const silent = new Log({ LOG_LEVEL: 'silent' });

let database: TestDatabase;
const sources: DataSource[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.destroy()));
  await database.drop();
});

async function owner(schema = RELAY_SCHEMA): Promise<DataSource> {
  const source = await dataSourceFor({
    url: database.ownerUrl,
    poolSize: 2,
    schema,
    statementTimeoutMs: 0,
  }).initialize();
  sources.push(source);
  return source;
}

async function schemaOf(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ line: string }[]>(SCHEMA_LINES);
  return rows.map(({ line }) => line);
}

async function asApplication(sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: database.applicationUrl });
  await client.connect();
  try {
    return await client.query(sql).then(
      ({ rows }) => rows as unknown,
      (error: unknown) => (error as { code?: string }).code,
    );
  } finally {
    await client.end();
  }
}

async function migrated(source: DataSource): Promise<void> {
  await source.runMigrations({ transaction: 'each' });
}

describe('the migrations', () => {
  it('make a whole schema out of nothing', async () => {
    const source = await owner();
    expect(await schemaOf(source)).toEqual([]);
    await migrated(source);
    const tables = (await schemaOf(source)).filter((line) => line.startsWith('table '));
    const expected = [...RELAY_SCHEMA.entities.map((entity) => source.getMetadata(entity).tableName), 'migrations'];
    for (const table of expected) expect(tables).toContainEqual(expect.stringContaining(`table ${table} kind=r`));
  });

  it('can be taken back one by one, to nothing, and then make the same schema again', async () => {
    const source = await owner();
    await migrated(source);
    const before = await schemaOf(source);
    for (let left = RELAY_SCHEMA.migrations.length; left > 0; left--)
      await source.undoLastMigration({ transaction: 'each' });
    const left = (await schemaOf(source)).filter((line) => !line.includes('migrations'));
    await migrated(source);
    expect(left).toEqual([]);
    expect(await schemaOf(source)).toEqual(before);
  });

  it('leave nothing to change between the schema and the entities', async () => {
    const source = await owner();
    await migrated(source);
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it.each([
    'ALTER TABLE devices ADD COLUMN push_token text',
    'ALTER TABLE accounts ALTER COLUMN display_name DROP NOT NULL',
    'ALTER TABLE accounts ALTER COLUMN username TYPE varchar(32)',
    'ALTER TABLE accounts DROP CONSTRAINT accounts_username_key',
    'DROP INDEX members_account_idx',
    'ALTER TABLE entries DROP CONSTRAINT entries_id_key',
    'DROP TABLE gaps',
  ])('would be noticed not to fit the entities after: %s', async (drift) => {
    const source = await owner();
    await migrated(source);
    await source.query(drift);
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.length).toBeGreaterThan(0);
  });

  it('run once when three relays start at once on an empty database, and both serve', async () => {
    const relays = await Promise.all([1, 2, 3].map(() => TestRelay.start({ database })));
    try {
      const applied = relays.flatMap(({ logLines }) => logLines).filter((line) => line.includes('migration applied'));
      expect(applied).toHaveLength(RELAY_SCHEMA.migrations.length);
      const [person] = await Promise.all(relays.map((relay) => TestUser.register(relay)));
      for (const relay of relays) expect((await fetch(`${relay.url}/health/ready`)).status).toBe(200);
      expect(person!.accountId).toBeDefined();
    } finally {
      await Promise.all(relays.map((relay) => relay.stop()));
    }
  });

  it('change nothing when they have run, and keep what is stored', async () => {
    const first = await TestRelay.start({ database });
    const person = await TestUser.register(first);
    await first.stop();
    const before = await schemaOf(await owner());
    const second = await TestRelay.start({ database });
    const applied = second.logLines.filter((line) => line.includes('migration applied'));
    const rows = await second.query('SELECT 1 FROM accounts WHERE id = $1', [person.accountId]);
    await second.stop();
    expect([applied, rows.length]).toEqual([[], 1]);
    expect(await schemaOf(await owner())).toEqual(before);
  });

  it('leave no half of one that fails, and let the next start try again', async () => {
    const prepare = (migrations: (typeof RELAY_SCHEMA)['migrations']): Promise<void> =>
      prepareDatabase({ ...database, schema: { ...RELAY_SCHEMA, migrations }, log: silent });
    const printed = jest.spyOn(console, 'log');
    await expect(prepare([...RELAY_SCHEMA.migrations, Broken2000000000000])).rejects.toThrow('division by zero');
    // Whatever it says of the failure may quote rows.
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
    const source = await owner();
    const lines = await schemaOf(source);
    expect(lines.filter((line) => line.includes('half_done'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('table accounts '))).toHaveLength(1);
    await expect(prepare(RELAY_SCHEMA.migrations)).resolves.toBeUndefined();
  });
});

class Broken2000000000000 implements MigrationInterface {
  readonly name = 'Broken2000000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half_done (id int)');
    await runner.query('SELECT 1 / 0');
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('it never went up'));
  }
}

const FORBIDDEN = [
  'CREATE TABLE mine (id int)',
  'CREATE TEMPORARY TABLE mine (id int)',
  'CREATE SCHEMA mine',
  'CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS $$SELECT 1$$',
  'CREATE OR REPLACE FUNCTION note_changes(uuid[], text, uuid) RETURNS TABLE (account uuid, revision bigint) LANGUAGE sql AS $$SELECT NULL::uuid, 0$$',
  'CREATE EXTENSION dblink',
  'ALTER TABLE accounts ADD COLUMN more text',
  'ALTER TABLE accounts DISABLE TRIGGER ALL',
  'ALTER TABLE entries OWNER TO sealpost_app',
  'DROP TABLE gaps',
  'DROP FUNCTION note_changes(uuid[], text, uuid)',
  'TRUNCATE entries',
  'CREATE INDEX mine ON accounts (status)',
  "INSERT INTO migrations (timestamp, name) VALUES (1, 'Mine1')",
  'UPDATE migrations SET name = name',
  'DELETE FROM migrations',
  'SET ROLE sealpost_owner',
  "COPY accounts TO PROGRAM 'cat'",
  "SELECT pg_read_file('/etc/hostname')",
];

describe('the application role', () => {
  beforeEach(async () => {
    await prepareDatabase({ ...database, schema: RELAY_SCHEMA, log: silent });
  });

  it('may change nothing but rows, and of those not the history of migrations', async () => {
    for (const sql of FORBIDDEN) expect([sql, await asApplication(sql)]).toEqual([sql, '42501']);
  });

  it('may read and write rows, and see which migrations have run', async () => {
    expect(await asApplication('SELECT count(*)::int AS n FROM migrations')).toEqual([
      { n: RELAY_SCHEMA.migrations.length },
    ]);
    expect(await asApplication('UPDATE accounts SET privacy = privacy')).toEqual([]);
    expect(await asApplication('SELECT * FROM note_changes(ARRAY[]::uuid[], $$x$$, gen_random_uuid())')).toEqual([]);
  });
});

describe('a database that would lose messages, or lend too much power, is refused (C-71)', () => {
  /** Why the relay did not start: in one line, and one line of the log. */
  async function refusal(urls: TestDatabase): Promise<{ message: string; logged: number }> {
    const lines: string[] = [];
    const log = new Log({ LOG_LEVEL: 'debug' }, { write: (line: string) => void lines.push(line) });
    const started = prepareDatabase({ ...urls, schema: RELAY_SCHEMA, log });
    const error = await started.then(
      () => new Error('it started'),
      (reason: unknown) => reason as Error,
    );
    const relay = await TestRelay.start({ database: urls }).catch((reason: unknown) => reason);
    expect(relay).toMatchObject({ name: 'DatabaseRefused', message: error.message });
    return { message: error.message, logged: lines.length };
  }

  it.each([
    [
      'synchronous_commit of the database',
      (name: string) => `ALTER DATABASE ${name} SET synchronous_commit = off`,
      'ownerUrl',
    ],
    [
      'synchronous_commit of the role',
      (name: string) => `ALTER ROLE CURRENT_USER IN DATABASE ${name} SET synchronous_commit = off`,
      'applicationUrl',
    ],
    [
      'synchronous_commit of the owner',
      (name: string) => `ALTER ROLE CURRENT_USER IN DATABASE ${name} SET synchronous_commit = off`,
      'ownerUrl',
    ],
  ] as const)('when it is off: %s', async (_what, sql, role) => {
    const client = new pg.Client({ connectionString: database[role] });
    await client.connect();
    await client.query(sql(new URL(database.ownerUrl).pathname.slice(1)));
    await client.end();
    expect(await refusal(database)).toEqual({
      message: 'synchronous_commit is off: acknowledged messages could be lost',
      logged: 0,
    });
    // Nothing was made in it.
    if (role !== 'ownerUrl') expect(await schemaOf(await owner())).toEqual([]);
  });

  describe('by a server of its own', () => {
    let directory: string;
    let server: EmbeddedPostgres | undefined;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'sealpost-refused-'));
    });
    afterEach(async () => {
      await server?.stop();
      await rm(directory, { recursive: true, force: true });
    });

    async function started(settings: Record<string, string> = {}): Promise<TestDatabase> {
      server = await startEmbeddedPostgres({ directory, settings, log: () => undefined });
      return { ...server, drop: () => Promise.resolve() };
    }

    it('when the application role is a superuser, be it the owner or not', async () => {
      const urls = await started();
      const secrets = JSON.parse(await readFile(join(directory, 'postgres-secrets.json'), 'utf8')) as Record<
        string,
        string
      >;
      const superuser = new URL(urls.applicationUrl);
      superuser.username = 'postgres';
      superuser.password = secrets.superuserPassword!;
      const message = 'DATABASE_URL names a superuser: use a role with fewer rights';
      expect((await refusal({ ...urls, applicationUrl: superuser.href })).message).toBe(message);
      expect((await refusal({ ...urls, applicationUrl: superuser.href, ownerUrl: superuser.href })).message).toBe(
        message,
      );
    });

    it.each(['fsync', 'full_page_writes'])('when %s is off', async (setting) => {
      const urls = await started({ [setting]: 'off' });
      expect((await refusal(urls)).message).toBe(`${setting} is off: acknowledged messages could be lost`);
    });
  });
});
