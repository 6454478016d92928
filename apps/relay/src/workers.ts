import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import type { Config } from './platform/config/config.js';
import { completeConfig } from './platform/config/generated-secrets.js';
import { Log } from './platform/logging/log.js';
import { announce, type Announcement, startEmbedded } from './run-relay.js';
import { shutDownOnSignals } from './shutdown.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** Who ends sooner than this after its start is started again after a longer pause than the time before. */
const STEADY_MS = 10_000;

/** Starts so many relays that share one port, with the embedded database unless another is configured. */
export async function runWorkers(given: Config): Promise<void> {
  const log = new Log(given);
  const embedded = given.DATABASE_URL === undefined ? await startEmbedded(given, log) : undefined;
  // Secrets that have to be made are there before any worker reads them.
  const { DATABASE_URL, MIGRATION_DATABASE_URL } = completeConfig(given, embedded);
  const workers = new Workers(embedded === undefined ? {} : { DATABASE_URL, MIGRATION_DATABASE_URL }, log);
  const close = async (): Promise<void> => {
    await workers.stop();
    await embedded?.stop();
  };
  shutDownOnSignals(log, close);
  // The others come when the first has brought the schema up to date, and found nothing wrong.
  const first = await workers.begin();
  if (first === undefined) {
    // It has said why.
    await close();
    process.exit(1);
  }
  await Promise.all(Array.from({ length: given.WORKERS - 1 }, () => workers.add()));
  announce(first);
}

/** Processes of this program, each started again when it ends. */
class Workers {
  private readonly running = new Set<Worker>();
  private readonly pauses = new Set<NodeJS.Timeout>();
  private isStopping = false;

  constructor(
    private readonly environment: Readonly<Record<string, string | undefined>>,
    private readonly log: Log,
  ) {}

  /** Starts one. @returns what it announces; `undefined` if it ends before it listens, and then it is not started again. */
  async begin(): Promise<Announcement | undefined> {
    const worker = this.fork();
    const ended = once(worker, 'exit').then(() => undefined);
    const announced = once(worker, 'message').then(([message]: readonly unknown[]) => message as Announcement);
    const announcement = await Promise.race([announced, ended]);
    if (announcement !== undefined) this.startAgainAfter(worker, 1);
    return announcement;
  }

  /** Has one more running from now on, and waits until it listens. */
  async add(): Promise<void> {
    if ((await this.begin()) === undefined) this.keep(1);
  }

  /** Ends when all have. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const pause of this.pauses) clearTimeout(pause);
    const ends = [...this.running].map((worker) => once(worker, 'exit'));
    for (const worker of this.running) worker.process.kill('SIGTERM');
    await Promise.all(ends);
  }

  private keep(attempt: number): void {
    if (!this.isStopping) this.startAgainAfter(this.fork(), attempt);
  }

  private fork(): Worker {
    const worker = cluster.fork(this.environment);
    this.running.add(worker);
    worker.once('exit', () => this.running.delete(worker));
    return worker;
  }

  private startAgainAfter(worker: Worker, attempt: number): void {
    const startedAtMs = performance.now();
    worker.once('exit', (code: number, signal: string | null) => {
      if (this.isStopping) return;
      this.log.error('a process of the relay ended', { code: String(code), signal: signal ?? 'none' });
      const next = performance.now() - startedAtMs < STEADY_MS ? attempt + 1 : 1;
      const pause = setTimeout(
        () => {
          this.pauses.delete(pause);
          this.keep(next);
        },
        Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (next - 1)),
      );
      this.pauses.add(pause);
    });
  }
}
