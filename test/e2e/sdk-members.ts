import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { until } from '#testing';
import type { Read } from './sdk-history.js';

const root = resolve(__dirname, '../..');

/** At which of its own steps a device dies. */
export interface Death {
  readonly at: 'write' | 'request';
  readonly nth: number;
  readonly hasHappened: boolean;
}

/** What a device is to do with its life. */
export interface MemberOrder {
  readonly url: string;
  readonly home: string;
  readonly username: string;
  readonly enter?: 'register' | 'signIn';
  readonly conversationId: string;
  readonly texts: readonly string[];
  readonly death?: Death;
}

/** A line of what a device says of itself. */
export type MemberSays =
  | { readonly state: 'open' | 'settled' }
  | { readonly sending: string }
  | { readonly queued: string }
  /** A ciphertext, which leaves next. */
  | { readonly posting: string }
  /** The application was told of a message at this position. */
  | { readonly told: number }
  | { readonly history: readonly Read[] }
  | { readonly wrong: string };

/** Starts processes that are one device each, from a program that is built once. */
export class MemberProgram {
  private constructor(readonly directory: string) {}

  static async build(): Promise<MemberProgram> {
    const directory = await mkdtemp(join(tmpdir(), 'sealpost-members-'));
    await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
    await build({
      entryPoints: [join(__dirname, 'sdk-member.fixture.ts')],
      outfile: join(directory, 'member.mjs'),
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['source'],
      external: ['classic-level'],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    return new MemberProgram(directory);
  }

  /** @param order its home is the name of a folder. */
  start(order: MemberOrder): MemberProcess {
    const given: MemberOrder = { ...order, home: join(this.directory, order.home) };
    return new MemberProcess(spawn(process.execPath, [join(this.directory, 'member.mjs'), JSON.stringify(given)]));
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true });
  }
}

/** One life of a device. */
export class MemberProcess {
  readonly says: MemberSays[] = [];
  private readonly errors: string[] = [];
  private readonly ended: Promise<unknown>;
  private hasEnded = false;

  constructor(private readonly child: ChildProcessWithoutNullStreams) {
    this.ended = once(child, 'close').then(() => (this.hasEnded = true));
    createInterface({ input: child.stdout }).on('line', (line) => this.hear(line));
    createInterface({ input: child.stderr }).on('line', (line) => this.errors.push(line));
  }

  /** Waits until it has said so many lines, has nothing left to do, or has died. */
  async progress(lines: number): Promise<void> {
    const isThere = (): boolean => this.hasEnded || this.isSettled || this.says.length >= lines;
    await until(isThere, 'a device gets on', 60_000);
  }

  async settled(): Promise<void> {
    await until(() => this.hasEnded || this.isSettled, 'a device has nothing left to do', 60_000);
  }

  /** `kill -9`, unless it has killed itself. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
    if (this.child.signalCode !== 'SIGKILL')
      throw new Error(`a device has ended by itself:\n${this.errors.join('\n')}`);
  }

  /** Waits until it has ended in order. */
  async end(): Promise<void> {
    await this.ended;
    if (this.child.exitCode !== 0) throw new Error(`a device has failed:\n${this.errors.join('\n')}`);
  }

  /** All messages that it has stored. */
  async history(): Promise<readonly Read[]> {
    const from = this.says.length;
    this.child.stdin.write('history\n');
    const found = await until(
      () => this.says.slice(from).find((words) => 'history' in words),
      'a device shows its history',
      60_000,
    );
    return found.history;
  }

  private get isSettled(): boolean {
    return this.says.some((words) => 'state' in words && words.state === 'settled');
  }

  private hear(line: string): void {
    // The last line of who was killed may be cut off.
    try {
      this.says.push(JSON.parse(line) as MemberSays);
    } catch {
      this.errors.push(line);
    }
  }
}
