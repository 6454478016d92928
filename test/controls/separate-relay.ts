import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '#testing';
import { BuiltRelay } from '../chaos/built-relay.js';
import { type SeededPerson, seedPeople } from '../load/lib/people.mjs';
import { cpuSeconds, residentKiB } from '../load/lib/proc.mjs';

const KID = 'test';
const SECRET = randomBytes(32).toString('base64url');

type Settings = Readonly<Record<string, string>>;

/** The relay as it is shipped, whose memory and time are its own, on a database that a test may reach into. */
export class SeparateRelay {
  private parts: { readonly process: BuiltRelay; readonly database: TestDatabase; readonly pool: pg.Pool } | undefined;

  private constructor(
    private readonly settings: Settings,
    private readonly nodeFlags: readonly string[],
  ) {}

  /** A relay that runs while the tests do which are declared beside it, in a file or in a `describe`. */
  static duringTests(settings: Settings = {}, nodeFlags: readonly string[] = []): SeparateRelay {
    const relay = new SeparateRelay(settings, nodeFlags);
    // The build may have to be made first.
    beforeAll(() => relay.begin(), 120_000);
    afterAll(() => relay.remove());
    return relay;
  }

  get process(): BuiltRelay {
    return this.begun.process;
  }

  get url(): string {
    return this.process.url;
  }

  /** Resident memory. */
  get kibibytes(): number {
    return residentKiB(this.process.pid);
  }

  /** What it has used of a processor since it started. */
  get cpuSeconds(): number {
    return cpuSeconds([this.process.pid]);
  }

  /** How often it has logged this since it was first started. */
  logged(text: string): number {
    return this.process.output.filter((line) => line.includes(text)).length;
  }

  /** People who are signed in; an even number. Once for each relay. */
  people(count: number): Promise<SeededPerson[]> {
    return seedPeople(this.begun.database.ownerUrl, { count, kid: KID, secret: SECRET });
  }

  /** A group of people, written straight into the database. @returns its id. */
  async group(members: readonly SeededPerson[]): Promise<string> {
    const id = randomUUID();
    await this.query(
      `INSERT INTO conversations (id, kind, protocol, created_at) VALUES ($1, 'group', 'opaque', now())`,
      [id],
    );
    await this.query(
      `INSERT INTO members (conversation_id, account_id, joined_seq, state, role)
       SELECT $1, a, 1, 'joined', 'member' FROM unnest($2::uuid[]) a`,
      [id, members.map(({ accountId }) => accountId)],
    );
    return id;
  }

  /** Any SQL, as the owner of the schema. */
  async query<Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.begun.pool.query<Row>(sql, [...parameters]);
    return rows;
  }

  /** Connects to the database, for a transaction that a test holds open. */
  connection(): Promise<pg.PoolClient> {
    return this.begun.pool.connect();
  }

  private get begun(): NonNullable<SeparateRelay['parts']> {
    if (this.parts === undefined) throw new Error('the relay has not begun');
    return this.parts;
  }

  private async begin(): Promise<void> {
    const database = await createTestDatabase();
    const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 3 });
    // Its sessions may end before it does.
    pool.on('error', () => undefined);
    const environment = {
      DATABASE_URL: database.applicationUrl,
      MIGRATION_DATABASE_URL: database.ownerUrl,
      JWT_KEYS: `${KID}:${SECRET}`,
      SERVER_SECRET: SECRET,
      LOG_LEVEL: 'info',
      QUOTAS: 'socketsPerAddress=20000',
      ...this.settings,
    };
    const relay = await BuiltRelay.prepare(environment, this.nodeFlags);
    this.parts = { process: relay, database, pool };
    await relay.start();
  }

  private async remove(): Promise<void> {
    await this.parts?.process.remove();
    await this.parts?.pool.end();
    await this.parts?.database.drop();
  }
}
