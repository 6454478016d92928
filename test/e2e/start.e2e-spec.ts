import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, createTestDatabase, inReleaseGate, recordEvidence, scaled, TestUser, until } from '#testing';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../apps/relay/src/platform/database/embedded/embedded-postgres.js';
import { findFreePort } from '../../apps/relay/src/platform/database/embedded/free-port.js';
import { findNobody, isRoot } from '../../apps/relay/src/platform/database/embedded/run-as.js';
import { findRunningProcess } from '../../apps/relay/src/platform/database/embedded/running-process.js';
import { DebianPostgres, hasDebianPostgres } from './debian-postgres.js';
import { type Account, Installation, remembers, type RunningRelay, type Settings } from './installation.js';

/** The promise, for a machine with nothing else to do. */
const READY_SECONDS = 3;
const TRIES = 3;
/** How long a database is away at least. */
const DOWN_MS = scaled({ ci: 0, gate: 120_000 });

/** Twice the promise, and as many times more as this machine has work for each of its processors. */
function allowedSeconds(): number {
  return 2 * READY_SECONDS * Math.max(1, loadavg()[0]! / availableParallelism());
}

jest.setTimeout(120_000 + 2 * DOWN_MS);

let installation: Installation;
let nobody: Account | undefined;

beforeAll(async () => {
  nobody = isRoot() ? await findNobody() : undefined;
  installation = await Installation.make();
  await installation.build();
}, 300_000);
afterEach(() => installation.quiet());
afterAll(() => installation.remove());

async function ready(settings: Settings = {}): Promise<{ relay: RunningRelay; url: string }> {
  const relay = installation.start(settings);
  const url = await relay.url();
  expect((await call({ url }, 'GET', '/health/ready')).status).toBe(200);
  return { relay, url };
}

async function untilGone(pid: number): Promise<void> {
  await until(async () => (await findRunningProcess(pid)) === undefined, `process ${String(pid)} is gone`, 20_000);
}

describe('npm start', () => {
  it('serves within seconds, in a home of mode 0700, on a machine that has no database', async () => {
    expect((await stat(installation.home)).mode & 0o777).toBe(0o700);
    const seconds: number[] = [];
    let allowed = allowedSeconds();
    while (seconds.length < TRIES && !seconds.some((one) => one <= allowed)) {
      await installation.quiet();
      await rm(installation.dataFolder, { recursive: true, force: true });
      const relay = installation.start({}, 'npm');
      const url = await relay.url();
      seconds.push(relay.seconds);
      allowed = Math.max(allowed, allowedSeconds());
      expect((await call({ url }, 'GET', '/health/ready')).body).toEqual({ status: 'ok' });
      await TestUser.register({ url });
    }
    const measured = seconds.map((one) => one.toFixed(1)).join(', ');
    process.stderr.write(`npm start was ready after ${measured} s, of ${allowed.toFixed(1)} s at this load\n`);
    expect(Math.min(...seconds)).toBeLessThanOrEqual(allowed);

    // All it keeps is in one folder that nobody else can look into.
    expect((await stat(installation.dataFolder)).mode & 0o777).toBe(0o700);
    const names = await readdir(installation.dataFolder);
    expect(names).toEqual(expect.arrayContaining(['postgres', 'postgres-secrets.json', 'secrets.json']));
    for (const name of names.filter((one) => one.endsWith('secrets.json')))
      expect((await stat(join(installation.dataFolder, name))).mode & 0o777).toBe(0o600);
  });

  it.each(['openapi.json', 'asyncapi.json'])(
    'serves the %s of its sources, though joined into a few files',
    async (file) => {
      const { url } = await ready();
      const committed: unknown = JSON.parse(await readFile(join(import.meta.dirname, '../..', file), 'utf8'));
      expect((await call({ url }, 'GET', `/${file}`)).body).toEqual(committed);
    },
  );

  it('sets the refresh cookie for its own host, hidden from scripts, and shows it nowhere else (C-17)', async () => {
    const origin = 'https://chat.example.org';
    const { url } = await ready({ CORS_ORIGINS: origin });
    const { username, authKey, deviceId } = await TestUser.register({ url });
    const headers = { origin, 'sealpost-csrf': '1' };
    const body = { username, authKey, deviceId, transport: 'cookie' };
    const reply = await call({ url }, 'POST', '/v1/auth/login', { body, headers });
    const [cookie, ...attributes] = (reply.headers.get('set-cookie') ?? '').split('; ');
    expect(cookie).toMatch(/^__Host-sealpost-refresh=[\w-]{43}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=1209600', 'Path=/', 'SameSite=Strict', 'Secure']);
    const next = await call({ url }, 'POST', '/v1/auth/refresh', {
      body: {},
      headers: { ...headers, cookie: cookie! },
    });
    const token = cookie!.split('=')[1]!;
    const others = [...reply.headers].filter(([name]) => name !== 'set-cookie');
    expect(JSON.stringify([others, reply.body, [...next.headers], next.body])).not.toContain(token);
    expect(next.status).toBe(200);
  });

  it('finds its data again at the second start, and ends with code 0 at SIGTERM', async () => {
    const first = await ready();
    const person = await TestUser.register({ url: first.url });
    first.relay.signal('SIGTERM');
    expect(await first.relay.exited).toBe(0);
    const second = await ready();
    expect(await remembers(second.url, person)).toBe(true);
    second.relay.signal('SIGINT');
    expect(await second.relay.exited).toBe(0);
    expect([first.relay.errors, second.relay.errors]).toEqual([[], []]);
  });

  it('works at once after kill -9 of the relay, and then keeps out another one, which says so in one line', async () => {
    const first = await ready();
    const person = await TestUser.register({ url: first.url });
    process.kill(await first.relay.relayPid(), 'SIGKILL');
    expect(await first.relay.exited).toBe(1);
    const second = await ready();
    expect(await remembers(second.url, person)).toBe(true);
    const third = installation.start();
    expect(await third.exited).toBe(1);
    expect(third.errors).toEqual([
      expect.stringMatching(/^The relay cannot start: .* is already in use by process \d+\.$/),
    ]);
  });

  it('works after kill -9 of the script that had started the relay, which ends with it', async () => {
    const first = await ready();
    const pid = await first.relay.relayPid();
    const person = await TestUser.register({ url: first.url });
    first.relay.signal('SIGKILL');
    await untilGone(pid);
    const second = await ready();
    expect(await remembers(second.url, person)).toBe(true);
  });
});

describe('one clear line, and exit code 1', () => {
  let listener: Server;
  beforeEach(async () => {
    listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
  });
  afterEach(() => listener.close());

  it('says that the port is taken', async () => {
    const { port } = listener.address() as { port: number };
    const relay = installation.start({ PORT: String(port) });
    expect(await relay.exited).toBe(1);
    expect(relay.errors).toEqual([`The relay cannot start: port ${String(port)} is taken; set PORT to another one`]);
    expect(relay.log.filter(({ level }) => Number(level) > 30)).toEqual([]);
    // And nothing is left of it: the folder is free for the next start.
    expect(await readdir(installation.dataFolder)).not.toContain('postgres-binaries');
    expect(existsSync(join(installation.dataFolder, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('says that the database would lose messages (C-71)', async () => {
    const database = await createTestDatabase();
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(`ALTER DATABASE ${new URL(database.ownerUrl).pathname.slice(1)} SET synchronous_commit = off`);
    await owner.end();
    const relay = installation.start(urlsOf(database));
    expect(await relay.exited).toBe(1);
    await database.drop();
    expect(relay.errors).toEqual([
      'The relay cannot start: synchronous_commit is off: acknowledged messages could be lost',
    ]);
  });

  it('says that only production may be reached from elsewhere, and production only with secrets of its own (C-71)', async () => {
    const secret = Buffer.alloc(32, 7).toString('base64url');
    const open = installation.start({ HOST: '0.0.0.0' });
    const weak = installation.start({ HOST: '0.0.0.0', NODE_ENV: 'production', SERVER_SECRET: secret });
    expect([await open.exited, await weak.exited]).toEqual([1, 1]);
    expect(open.errors.slice(1)).toEqual(['  HOST: only a loopback address may be used unless NODE_ENV=production']);
    expect(weak.errors.slice(1)).toEqual([
      '  JWT_KEYS: is required in production',
      '  SERVER_SECRET: must be made at random in production',
    ]);
  });

  it('says for every setting that is wrong what is wrong with it', async () => {
    const data = join(installation.home, 'untouched');
    const relay = installation.start({ PORT: 'x', LOG_LEVEL: 'loud', JWT_KEYS: 'swordfish', HOST: '', DATA_DIR: data });
    expect(await relay.exited).toBe(1);
    expect(relay.errors).toEqual([
      'Configuration is not valid:',
      expect.stringMatching(/^ {2}PORT: /),
      expect.stringMatching(/^ {2}JWT_KEYS: /),
      expect.stringMatching(/^ {2}LOG_LEVEL: /),
    ]);
    expect(relay.said).not.toContain('swordfish');
    expect([relay.log, existsSync(data)]).toEqual([[], false]);
  });
});

function urlsOf({ applicationUrl, ownerUrl }: { applicationUrl: string; ownerUrl: string }): Settings {
  return { DATABASE_URL: applicationUrl, MIGRATION_DATABASE_URL: ownerUrl };
}

describe('a database that cannot be reached (R-09)', () => {
  it('is tried again and again, a line each, while the relay is alive but not ready; and served soon after it is there', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'sealpost-late-'));
    const options = { directory, port: await findFreePort(), log: () => undefined };
    const before = await startEmbeddedPostgres(options);
    await before.stop();
    const relay = installation.start(urlsOf(before));
    const url = await relay.url();
    const retries = (): Record<string, unknown>[] =>
      relay.log.filter(({ msg }) => String(msg).startsWith('database unreachable'));
    const startedAt = performance.now();
    const isEnough = (): boolean => retries().length >= 4 && performance.now() - startedAt > DOWN_MS;
    await until(isEnough, 'the relay has tried for long enough', DOWN_MS + 20_000);
    expect(relay.output.find((line) => line.startsWith('Sealpost'))).toMatch(/waits for its database$/);
    expect(retries().map(({ attempt }) => attempt)).toEqual(retries().map((_, index) => index + 1));
    expect(retries()[0]).toMatchObject({ errorCode: 'ECONNREFUSED', level: 40 });
    expect(retries().length).toBeGreaterThan(inReleaseGate ? 10 : 3);
    const triedAt = retries().map(({ time }) => Date.parse(String(time)));
    const pauses = triedAt.slice(1).map((at, index) => at - triedAt[index]!);
    expect(Math.max(...pauses)).toBeLessThan(5_000);
    // A line for each try, and nothing else to worry about.
    expect(relay.log.filter(({ level }) => Number(level) > 30)).toEqual(retries());
    expect(await call({ url }, 'GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    for (const path of ['/health/ready', '/v1/auth/kdf?username=ada'])
      expect(await call({ url }, 'GET', path)).toMatchObject({ status: 503, body: { code: 'unavailable' } });

    const server = await startEmbeddedPostgres(options);
    const backAt = performance.now();
    try {
      const isReady = async (): Promise<boolean> => (await call({ url }, 'GET', '/health/ready')).status === 200;
      await until(isReady, 'the relay is ready', 5_000);
      const readySeconds = Number(((performance.now() - backAt) / 1000).toFixed(1));
      recordEvidence('R-09', {
        downSeconds: DOWN_MS / 1000,
        tries: pauses.length + 1,
        longestPauseMs: Math.max(...pauses),
        readySeconds,
      });
      await TestUser.register({ url });
      relay.signal('SIGTERM');
      expect([await relay.exited, relay.errors]).toEqual([0, []]);
    } finally {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('does not keep the relay from ending', async () => {
    const relay = installation.start({ DATABASE_URL: 'postgres://app:a@127.0.0.1:1/relay' });
    await relay.url();
    relay.signal('SIGTERM');
    expect(await relay.exited).toBe(0);
    expect(relay.said).not.toContain('app:a');
  });
});

(hasDebianPostgres ? describe : describe.skip)('with DATABASE_URL on Debian’s PostgreSQL 15', () => {
  let postgres: DebianPostgres;
  beforeAll(async () => {
    postgres = await DebianPostgres.start(nobody);
  });
  afterAll(() => postgres.stop());

  it('serves from there, with secrets from files, and starts no database of its own', async () => {
    const data = join(installation.home, 'elsewhere');
    const [app, owner] = [join(installation.home, 'app-url'), join(installation.home, 'owner-url')];
    await writeFile(app, `${postgres.url('app')}\n`);
    await writeFile(owner, `${postgres.url('owner')}\n`);
    const settings = { DATABASE_URL_FILE: app, MIGRATION_DATABASE_URL_FILE: owner, DATA_DIR: data };
    const first = await ready(settings);
    const [ada, grace] = [await TestUser.register({ url: first.url }), await TestUser.register({ url: first.url })];
    const conversation = await ada.directWith(grace);
    expect((await ada.send(conversation)).status).toBe(201);
    await installation.quiet();
    const second = await ready(settings);
    expect(await remembers(second.url, ada)).toBe(true);
    expect(await readdir(data)).toEqual(['secrets.json']);
    expect(await postgres.query('SELECT count(*)::int AS n FROM entries WHERE kind = 0')).toEqual([{ n: 1 }]);
    expect(second.relay.said).not.toMatch(/postgres:\/\//);
  });
});
if (!hasDebianPostgres)
  process.stderr.write('The start on PostgreSQL 15 is skipped: postgresql-15 is not installed.\n');
