import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { COMMAND_ENVIRONMENT, type Command } from './command.js';

export interface ServerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * A backend lets go of its memory after every statement, and glibc gives more than 128 KiB of it back to the system each
 * time, to fault it in again a moment later: that was half the cost of an append. With these it keeps up to 16 MiB.
 */
const KEEP_MEMORY = {
  MALLOC_TRIM_THRESHOLD_: String(16 * 1024 * 1024),
  MALLOC_TOP_PAD_: String(256 * 1024),
  MALLOC_MMAP_THRESHOLD_: String(4 * 1024 * 1024),
};

/** A running postmaster. */
export class ServerProcess {
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<ServerExit>;
  private readonly lines: string[] = [];
  private readonly drained: Promise<unknown>;
  private lastSignOfLife = performance.now();
  private hasExited = false;

  private constructor(
    private readonly child: ChildProcess,
    readonly pid: number,
    private readonly log: (line: string) => void,
  ) {
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        this.hasExited = true;
        resolve({ code, signal });
      });
    });
    this.drained = new Promise((resolve) => child.once('close', resolve));
    child.on('error', (error) => log(error.message)); // A signal that could not be sent.
    if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => this.hear(line));
    this.stopWithUs();
  }

  /**
   * @param predecessorPid of the process that last ran on the data.
   * @throws Error when the program cannot be run at all.
   */
  static async spawn(
    command: Command,
    predecessorPid: number | undefined,
    log: (line: string) => void,
  ): Promise<ServerProcess> {
    const child = spawn(command.file, [...command.args], {
      // PostgreSQL will not start while the number in a stale postmaster.pid answers, even as a zombie or as
      // another program. It makes an exception for the process named here, and still checks the shared memory.
      env: {
        ...COMMAND_ENVIRONMENT,
        ...KEEP_MEMORY,
        ...(predecessorPid && { PG_GRANDPARENT_PID: String(predecessorPid) }),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      // Its own session, or Ctrl-C would stop the database before the relay has finished with it.
      detached: true,
      ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
      ...command.account,
    });
    await once(child, 'spawn');
    if (child.pid === undefined) throw new Error('The database server has no process number.');
    return new ServerProcess(child, child.pid, log);
  }

  get isGone(): boolean {
    return this.hasExited;
  }

  /** How long the server has said nothing. Recovery after a crash may take long, but it reports progress. */
  get silentMilliseconds(): number {
    return performance.now() - this.lastSignOfLife;
  }

  /** The last lines that the server wrote. Complete only once it has exited. */
  async readTail(): Promise<string> {
    // An exit may overtake the last lines. A straggling backend may keep the pipe open, hence the limit.
    if (this.isGone) await Promise.race([this.drained, delay(TAIL_MILLISECONDS, undefined, { ref: false })]);
    return this.lines.join('\n');
  }

  /** Fast shutdown, then harder means. Resolves when the process is gone. */
  async stop(): Promise<void> {
    for (const [signal, patienceMilliseconds] of STOP_STEPS) {
      if (this.isGone) return;
      this.child.kill(signal);
      await Promise.race([this.exited, delay(patienceMilliseconds, undefined, { ref: false })]);
    }
    await this.exited;
  }

  /** For where there is no setpriv: this covers every end of ours but `kill -9`, which the next start cleans up after. */
  private stopWithUs(): void {
    const stop = (): void => void this.child.kill('SIGINT');
    process.once('exit', stop);
    void this.exited.then(() => process.off('exit', stop));
  }

  private hear(line: string): void {
    this.lastSignOfLife = performance.now();
    this.lines.push(line);
    if (this.lines.length > TAIL_LINES) this.lines.shift();
    this.log(line);
  }
}

const TAIL_LINES = 20;
const TAIL_MILLISECONDS = 500;

const STOP_STEPS: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];
