import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

const root = resolve(__dirname, '../../../..');

/** Starts processes that write to a store of their own, from a program that is built once. */
export class WriterProgram {
  private constructor(private readonly directory: string) {}

  static async build(): Promise<WriterProgram> {
    const directory = await mkdtemp(join(tmpdir(), 'sealpost-writer-'));
    await symlink(join(root, 'node_modules'), join(directory, 'node_modules'));
    await build({
      entryPoints: [join(__dirname, 'writer.fixture.ts')],
      outfile: join(directory, 'writer.mjs'),
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['source'],
      packages: 'external',
    });
    return new WriterProgram(directory);
  }

  /** @param prefix of the command, for a process with less than others. */
  start(store: string, prefix: readonly string[] = []): WriterProcess {
    const [command, ...argv] = [...prefix, process.execPath, join(this.directory, 'writer.mjs'), store];
    return new WriterProcess(spawn(command, argv, { stdio: ['ignore', 'pipe', 'ignore'] }));
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true });
  }
}

export class WriterProcess {
  /** The last batch of which it said that it was written. */
  acknowledged = 0;
  /** The codes of what went wrong, in order. */
  readonly refusals: string[] = [];
  private readonly exited: Promise<unknown>;
  private waiting: { batches: number; readonly done: () => void } | undefined;

  constructor(private readonly child: ChildProcess) {
    this.exited = once(child, 'close');
    if (child.stdout !== null) createInterface(child.stdout).on('line', (line) => this.hear(line));
  }

  /** Resolves with so many more batches acknowledged, or when the process has ended. */
  async progress(batches: number): Promise<void> {
    await Promise.race([new Promise<void>((done) => (this.waiting = { batches, done })), this.exited]);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  async end(): Promise<void> {
    await this.exited;
  }

  private hear(line: string): void {
    if (line.startsWith('store_')) return void this.refusals.push(line);
    this.acknowledged = Number(line);
    if (this.waiting !== undefined && --this.waiting.batches === 0) this.waiting.done();
  }
}
