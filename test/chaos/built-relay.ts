import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '#testing';
import { requireFreePort } from '../../apps/relay/src/platform/database/embedded/free-port.js';
import { NODE_FLAGS } from '../../scripts/node-flags.mjs';

const ROOT = resolve(__dirname, '../..');
const MAIN = 'dist/relay/main.js';
const SOURCES = ['apps/relay', 'libs/protocol', 'ormconfig.ts', 'package.json', 'tsconfig.json', 'scripts/bundle.mjs'];
const READY = /^Sealpost is ready at (\S+)$/;
const STOP_MS = 15_000;

/** All clients come from one address and write as fast as they can. */
const LIMITS = [
  'register',
  'messages',
  'requests',
  'anonymous',
  'events',
  'sync',
  'conversations',
  'strangersAccount',
  'strangersAddress',
]
  .map((id) => `${id}=1000000/1`)
  .concat('socketBytes=900000000/1')
  .join(',');

/** The relay as it is shipped, in a process of its own that a test may kill. */
export class BuiltRelay {
  /** What it wrote, for the message of a test that fails. */
  readonly output: string[] = [];
  private process: ChildProcess | undefined;

  private constructor(
    private readonly directory: string,
    readonly port: number,
    private readonly environment: Readonly<Record<string, string>>,
    private readonly nodeFlags: readonly string[],
  ) {}

  /** Takes the build, or makes one where that is missing or older than the sources. Does not start it. */
  static async prepare(
    environment: Readonly<Record<string, string>> = {},
    nodeFlags: readonly string[] = [],
  ): Promise<BuiltRelay> {
    const directory = await mkdtemp(join(tmpdir(), 'sealpost-chaos-'));
    await Promise.all(['node_modules', 'package.json'].map((name) => symlink(join(ROOT, name), join(directory, name))));
    if (!(await copyBuild(directory))) await build(directory);
    return new BuiltRelay(directory, await steadyPort(), environment, nodeFlags);
  }

  /** Running, on a database of its own, which goes with it. */
  static async onDatabase(): Promise<{ readonly relay: BuiltRelay; readonly remove: () => Promise<void> }> {
    const database = await createTestDatabase();
    const relay = await BuiltRelay.prepare({
      DATABASE_URL: database.applicationUrl,
      MIGRATION_DATABASE_URL: database.ownerUrl,
    });
    await relay.start();
    const remove = async (): Promise<void> => {
      await relay.remove();
      await database.drop();
    };
    return { relay, remove };
  }

  /**
   * Two that run on one database with the same keys, and tell each other of what happens. @param ofOther is set for the second
   * one alone.
   */
  static async pairOn(
    database: TestDatabase,
    ofOther: Readonly<Record<string, string>> = {},
  ): Promise<[BuiltRelay, BuiltRelay]> {
    const secret = randomBytes(32).toString('base64url');
    const environment = {
      ...{ DATABASE_URL: database.applicationUrl, MIGRATION_DATABASE_URL: database.ownerUrl, BUS: 'postgres' },
      ...{ JWT_KEYS: `test:${secret}`, SERVER_SECRET: secret },
    };
    const one = await BuiltRelay.prepare(environment);
    const other = await BuiltRelay.prepare({ ...environment, ...ofOther });
    await one.start();
    await other.start();
    return [one, other];
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get dataDirectory(): string {
    return join(this.directory, 'data');
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.process?.exitCode === null && this.process.signalCode === null;
  }

  /** Starts it, and waits until it says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [...NODE_FLAGS, ...this.nodeFlags, MAIN], {
      cwd: this.directory,
      env: {
        ...{ PATH: process.env.PATH, NODE_ENV: 'test', LOG_LEVEL: 'warn', LIMITS },
        ...{ PORT: String(this.port), DATA_DIR: this.dataDirectory },
        ...this.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    createInterface({ input: child.stderr }).on('line', (line) => this.output.push(line));
    const lines = createInterface({ input: child.stdout });
    await new Promise<void>((ready, fail) => {
      child.once('exit', () => fail(new Error(`the relay did not start:\n${this.output.slice(-20).join('\n')}`)));
      lines.on('line', (line) => {
        this.output.push(line);
        if (READY.test(line)) ready();
      });
    });
  }

  /** Waits until it ends by itself, and says with which code. */
  async exited(): Promise<number | null> {
    const child = this.process;
    if (child === undefined) throw new Error('the relay was not started');
    if (this.isRunning) await once(child, 'exit');
    return child.exitCode;
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Stops it in order. @returns its exit code, `null` when it had to be killed. */
  async stop(): Promise<number | null> {
    await this.end('SIGTERM');
    return this.process?.exitCode ?? null;
  }

  /** Stops it in order and removes everything. */
  async remove(): Promise<void> {
    const force = setTimeout(() => this.process?.kill('SIGKILL'), STOP_MS);
    await this.end('SIGTERM');
    clearTimeout(force);
    await rm(this.directory, { recursive: true, force: true, maxRetries: 10 });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    if (child === undefined || !this.isRunning) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}

/**
 * A copy, because whoever builds meanwhile empties `dist` first, and the relay is to start many times.
 * @returns whether there was a whole build that is newer than all sources.
 */
async function copyBuild(directory: string): Promise<boolean> {
  const builtAt = await mtime(join(ROOT, MAIN));
  const changedAt = Math.max(...(await Promise.all(SOURCES.map((source) => newest(join(ROOT, source))))));
  if (builtAt < changedAt) return false;
  const copied = await cp(join(ROOT, 'dist'), join(directory, 'dist'), { recursive: true }).then(
    () => true,
    () => false,
  );
  return copied && (await mtime(join(ROOT, MAIN))) === builtAt;
}

/** As `npm run build` does, but beside `dist`, which others may be using, and without looking for mistakes in types. */
async function build(directory: string): Promise<void> {
  const output = join(directory, 'dist');
  await rm(output, { recursive: true, force: true });
  const compile = [
    'node_modules/typescript/bin/tsc',
    '-p',
    'apps/relay/tsconfig.app.json',
    '--noCheck',
    '--outDir',
    output,
  ];
  for (const argv of [compile, ['scripts/bundle.mjs', output]])
    await promisify(execFile)(process.execPath, argv, { cwd: ROOT });
}

async function newest(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true }).catch(() => ['']);
  return Math.max(...(await Promise.all(entries.map((entry) => mtime(join(path, entry))))));
}

async function mtime(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}

/**
 * Below the ports that systems hand out for outgoing connections: while the relay is down, one of those could take its
 * port, even the connection of a client that tries to reach it.
 */
async function steadyPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const isFree = await requireFreePort(port).then(
      () => true,
      () => false,
    );
    if (isFree) return port;
  }
}
