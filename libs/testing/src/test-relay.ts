import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { readConfig } from '../../../apps/relay/src/platform/config/config.js';
import { Log } from '../../../apps/relay/src/platform/logging/log.js';
import { createRelay } from '../../../apps/relay/src/relay.js';
import { FakeClock } from './fake-clock.js';
import { createTestDatabase, type RestorableDatabase, type TestDatabase } from './test-postgres.js';

export interface TestRelayOptions {
  /** Settings as environment variables; limits that tests would run into are raised unless given here. A free port without `PORT`. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: FakeClock;
  /** An existing database, which then is not dropped at the end. */
  readonly database?: TestDatabase;
  /** Another one that runs, whose database and clock it shares. */
  readonly beside?: TestRelay;
}

type Injectable<T> = abstract new (...args: never[]) => T;

/** A whole relay in this process, on a port and a database of its own. */
export class TestRelay {
  readonly logLines: string[] = [];
  readonly clock: FakeClock;
  private storage: { readonly database: TestDatabase; readonly pool: pg.Pool } | undefined;
  /** Of the attachments; relays beside each other share it as they do the database. */
  readonly attachmentsDirectory: string;
  /** Unless it is shared. */
  private own: RestorableDatabase | undefined;
  private app: NestFastifyApplication | undefined;
  private port: number;

  private constructor(private readonly options: TestRelayOptions) {
    this.clock = options.clock ?? options.beside?.clock ?? new FakeClock();
    this.attachmentsDirectory =
      options.beside?.attachmentsDirectory ?? join(tmpdir(), `sealpost-attachments-${randomUUID()}`);
    this.port = Number(options.environment?.PORT ?? 0);
  }

  /** A relay that runs while the tests do which are declared beside it, in a file or in a `describe`. */
  static duringTests(options: TestRelayOptions = {}): TestRelay {
    const relay = new TestRelay(options);
    beforeAll(() => relay.begin());
    afterAll(() => relay.stop());
    return relay;
  }

  /** A relay for part of one test, which has to stop it. */
  static async start(options: TestRelayOptions = {}): Promise<TestRelay> {
    const relay = new TestRelay(options);
    await relay.begin();
    return relay;
  }

  get url(): string {
    if (this.port === 0) throw new Error('the relay does not listen');
    return `http://127.0.0.1:${String(this.port)}`;
  }

  get database(): TestDatabase {
    return begun(this.storage).database;
  }

  /** A part of the running relay, for tests that reach inside. */
  part<T>(token: Injectable<T>): T {
    return begun(this.app).get<T>(token, { strict: false });
  }

  /** Any SQL, as the owner of the schema. */
  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await begun(this.storage).pool.query<Row>(sql, [...parameters]);
    return rows;
  }

  /** Connects to the database, for a transaction that a test holds open. */
  connection(): Promise<pg.PoolClient> {
    return begun(this.storage).pool.connect();
  }

  /** Stops and starts again: same database, same port. */
  async restart(): Promise<void> {
    await this.whileAway(() => Promise.resolve());
  }

  /** Nobody answers at its address while something is done. */
  async whileAway(work: () => Promise<void>): Promise<void> {
    await begun(this.app).close();
    await work();
    await this.listen();
  }

  /** What there is at this moment, as an operator backs it up. The relay stands still meanwhile. */
  async backUp(): Promise<TestDatabase> {
    return this.standingStill((database) => database.copy());
  }

  /** Goes back to a backup, as docs/self-hosting.md says. */
  async restore(backup: TestDatabase): Promise<void> {
    await this.standingStill(async (database) => {
      await database.goBackTo(backup);
      await withClient(database.ownerUrl, (client) => client.query('UPDATE relay SET incarnation = gen_random_uuid()'));
    });
  }

  /** Stops what has begun, however far that came. */
  async stop(): Promise<void> {
    await this.app?.close();
    await this.storage?.pool.end();
    if (this.sharedDatabase === undefined) await this.storage?.database.drop();
    if (this.options.beside === undefined) await rm(this.attachmentsDirectory, { recursive: true, force: true });
  }

  private get sharedDatabase(): TestDatabase | undefined {
    return this.options.database ?? this.options.beside?.database;
  }

  private async begin(): Promise<void> {
    if (this.sharedDatabase === undefined) this.own = await createTestDatabase();
    this.connect(this.sharedDatabase ?? begun(this.own));
    await this.listen();
  }

  private connect(database: TestDatabase): void {
    const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 4 });
    pool.on('error', () => undefined);
    this.storage = { database, pool };
  }

  /** Works on the database while nobody is connected. */
  private async standingStill<T>(work: (database: RestorableDatabase) => Promise<T>): Promise<T> {
    const [database, { pool }] = [begun(this.own), begun(this.storage)];
    await begun(this.app).close();
    await pool.end();
    const result = await work(database);
    this.connect(database);
    await this.listen();
    return result;
  }

  /** The settings that it runs with, as environment variables. */
  get settings(): Readonly<Record<string, string>> {
    const { applicationUrl, ownerUrl } = this.database;
    return {
      NODE_ENV: 'test',
      LOG_LEVEL: 'debug',
      DATABASE_URL: applicationUrl,
      MIGRATION_DATABASE_URL: ownerUrl,
      JWT_KEYS: `test:${secretFrom('keys')}`,
      SERVER_SECRET: secretFrom('salts'),
      // Whether somebody has built the web app must not change what is tested.
      WEB_DIR: 'no-web-app',
      ATTACHMENTS_DIR: this.attachmentsDirectory,
      LIMITS: RAISED_LIMITS,
      ACCOUNT_DELETION_GRACE_DAYS: '0',
      QUOTAS: 'socketsPerAddress=1000',
      ...this.options.environment,
    };
  }

  private async listen(): Promise<void> {
    const config = readConfig(this.settings);
    const log = new Log(config, { write: (line: string) => void this.logLines.push(line) });
    this.app = await createRelay({ config, clock: this.clock, log });
    await this.app.listen({ host: '127.0.0.1', port: this.port });
    this.port = Number(new URL(await this.app.getUrl()).port);
  }
}

/** The same in every run, and in production too good to be refused. */
function secretFrom(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function begun<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the relay has not begun');
  return part;
}

/** All tests come from one address, and register and look up more than any person would. */
const RAISED_LIMITS = [
  'register',
  'loginPair',
  'loginAddress',
  'loginDevice',
  'strangersAccount',
  'strangersAddress',
  'anonymous',
  'requests',
  'messages',
  'receipts',
  'typing',
  'sync',
  'events',
  'conversations',
  'refresh',
  'reauthenticate',
  'mfaCode',
  'totpAccount',
  'mfaChallenges',
  'recoveryPair',
  'recoveryAddress',
  'linking',
  'linkingReads',
  'vault',
  'reports',
  'attachments',
]
  .map((id) => `${id}=1000000/1`)
  .concat('socketBytes=900000000/1')
  .join(',');
