import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { readConfig } from '../../../apps/relay/src/platform/config/config.js';
import { Log } from '../../../apps/relay/src/platform/logging/log.js';
import { createRelay } from '../../../apps/relay/src/relay.js';
import { FakeClock } from './fake-clock.js';
import { createTestDatabase, type TestDatabase } from './test-postgres.js';

export interface TestRelayOptions {
  /** Settings as environment variables; limits that tests would run into are raised unless given here. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: FakeClock;
  /** An existing database, which then is not dropped at the end. */
  readonly database?: TestDatabase;
}

type Injectable<T> = abstract new (...args: never[]) => T;

/** A whole relay in this process, on a port and a database of its own. */
export class TestRelay {
  readonly logLines: string[] = [];
  private app: NestFastifyApplication;
  private pool: pg.Pool;
  private listening: { port: number } | undefined;

  private constructor(
    private readonly options: TestRelayOptions,
    readonly database: TestDatabase,
    readonly clock: FakeClock,
  ) {}

  static async start(options: TestRelayOptions = {}): Promise<TestRelay> {
    const database = options.database ?? (await createTestDatabase(testServer()));
    const relay = new TestRelay(options, database, options.clock ?? new FakeClock());
    relay.pool = new pg.Pool({ connectionString: database.ownerUrl, max: 4 });
    relay.pool.on('error', () => undefined);
    await relay.listen();
    return relay;
  }

  get url(): string {
    if (this.listening === undefined) throw new Error('the relay does not listen');
    return `http://127.0.0.1:${String(this.listening.port)}`;
  }

  /** A part of the running relay, for tests that reach inside. */
  part<T>(token: Injectable<T>): T {
    return this.app.get<T>(token, { strict: false });
  }

  /** Any SQL, as the owner of the schema. */
  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>(sql, [...parameters]);
    return rows;
  }

  /** Connects to the database, for a transaction that a test holds open. */
  connection(): Promise<pg.PoolClient> {
    return this.pool.connect();
  }

  /** Stops and starts again: same database, same port. */
  async restart(): Promise<void> {
    await this.app.close();
    await this.listen();
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.pool.end();
    if (this.options.database === undefined) await this.database.drop();
  }

  private async listen(): Promise<void> {
    const config = readConfig({
      NODE_ENV: 'test',
      LOG_LEVEL: 'debug',
      DATABASE_URL: this.database.applicationUrl,
      MIGRATION_DATABASE_URL: this.database.ownerUrl,
      JWT_KEYS: `test:${Buffer.alloc(32, 7).toString('base64url')}`,
      SERVER_SECRET: Buffer.alloc(32, 9).toString('base64url'),
      LIMITS: RAISED_LIMITS,
      QUOTAS: 'socketsPerAddress=1000',
      ...this.options.environment,
    });
    const log = new Log(config, { write: (line: string) => void this.logLines.push(line) });
    this.app = await createRelay({ config, clock: this.clock, log });
    await this.app.listen({ host: '127.0.0.1', port: this.listening?.port ?? 0 });
    this.listening = { port: Number(new URL(await this.app.getUrl()).port) };
  }
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
]
  .map((id) => `${id}=1000000/1`)
  .join(',');

function testServer(): { ownerUrl: string; applicationUrl: string } {
  const { TEST_OWNER_URL: ownerUrl, TEST_APPLICATION_URL: applicationUrl } = process.env;
  if (ownerUrl === undefined || applicationUrl === undefined)
    throw new Error('run this through Jest, which starts PostgreSQL');
  return { ownerUrl, applicationUrl };
}
