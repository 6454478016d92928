import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Unavailable } from '../errors/refusal.js';
import type { Log } from '../logging/log.js';

interface Round {
  readonly everyMs: number;
  /** What the log says of one that failed. */
  readonly failed: string;
  readonly run: () => Promise<void>;
}

/** Does the same again and again, never twice at once. What fails is logged, and has its next turn all the same. */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly log: Log,
    private readonly round: Round,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running ??= this.runQuietly().finally(() => (this.running = undefined));
    }, this.round.everyMs).unref();
  }

  /** Ends when the round does that is under way. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private async runQuietly(): Promise<void> {
    try {
      await this.round.run();
    } catch (error) {
      // Of an outage the database's connection tells.
      if (!(error instanceof Unavailable)) this.log.warn(this.round.failed, {}, error);
    }
  }
}

/** A service that does the same in rounds for as long as the relay runs. */
export abstract class RoundsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds: Rounds;
  private readonly ending = new AbortController();

  constructor(log: Log, round: Omit<Round, 'run'>) {
    this.rounds = new Rounds(log, { ...round, run: () => this.round() });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.rounds.stop();
  }

  /** Aborted when the relay ends: a long round breaks off then, and so does its rest. */
  protected get stopping(): AbortSignal {
    return this.ending.signal;
  }

  protected get isStopping(): boolean {
    return this.stopping.aborted;
  }

  protected abstract round(): Promise<void>;
}
