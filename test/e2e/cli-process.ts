import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '#testing';

const root = resolve(__dirname, '../..');
export const PASSWORD = 'correct horse battery staple';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The terminal client in a process of its own. */
export class CliProcess {
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  private readonly ended: Promise<unknown>;

  private constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.ended = once(child, 'close');
    createInterface({ input: child.stdout }).on('line', (line) => this.lines.push(line));
    createInterface({ input: child.stderr }).on('line', (line) => this.errors.push(line));
  }

  static start(argv: readonly string[], environment: Readonly<Record<string, string>> = {}): CliProcess {
    const env = { PATH: process.env.PATH, HOME: '/nonexistent', SEALPOST_PASSWORD: PASSWORD, ...environment };
    return new CliProcess(spawn(process.execPath, [join(root, 'scripts/cli.mjs'), ...argv], { env }));
  }

  type(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  endInput(): void {
    this.child.stdin.end();
  }

  /** Waits until a line has a text in it. */
  async prints(text: string): Promise<void> {
    await until(() => this.lines.some((line) => line.includes(text)), `“${text}” is printed`, 20_000);
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<Ended> {
    this.child.kill(signal);
    return this.end();
  }

  async end(): Promise<Ended> {
    await this.ended;
    return { code: this.child.exitCode, out: this.lines.join('\n'), err: this.errors.join('\n') };
  }
}

/** Somebody who uses the terminal client, with a home of their own. */
export class CliUser {
  constructor(
    readonly username: string,
    private readonly home: string,
  ) {}

  start(...argv: string[]): CliProcess {
    return CliProcess.start([...argv, '--home', this.home]);
  }

  /** Runs a command to its end. */
  run(...argv: string[]): Promise<Ended> {
    return this.start(...argv).end();
  }

  /** @returns what it prints, if it succeeds. */
  async does(...argv: string[]): Promise<string> {
    const ended = await this.run(...argv);
    expect(ended).toMatchObject({ code: 0, err: '' });
    return ended.out;
  }
}

/** Who uses the terminal client in some tests, each with a home in one folder. */
export class CliPeople {
  private count = 0;

  constructor(
    private readonly relayUrl: string,
    private readonly directory: string,
  ) {}

  /** Somebody of a name that nobody has yet. */
  newcomer(who: string): CliUser {
    const name = `${who}${String(this.count++)}`;
    return new CliUser(name, join(this.directory, name));
  }

  async registered(who: string): Promise<CliUser> {
    const user = this.newcomer(who);
    await user.does('register', '--username', user.username, '--url', this.relayUrl);
    return user;
  }
}

/** A line of `listen --json`. */
export interface Heard {
  readonly seq: number;
  readonly sender: string;
  readonly conversation: string;
  readonly content: { readonly text?: string };
}

export const heard = ({ lines }: CliProcess): Heard[] => lines.map((line) => JSON.parse(line) as Heard);
