import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Unavailable } from '../platform/errors/refusal.js';
import { Log } from '../platform/logging/log.js';
import { KeyPackagesStore } from '../devices/index.js';
import { ExpiryStore } from './expiry.store.js';

const EVERY_MS = 10_000;
const BATCH = 500;

/**
 * Erases expired entries and key packages, a bounded batch at a time. Nobody is shown what has expired, erased or not: this
 * frees what they no longer see.
 */
@Injectable()
export class ExpiryService implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly store: ExpiryStore,
    private readonly keyPackages: KeyPackagesStore,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.sweepQuietly().finally(() => (this.running = undefined));
    }, EVERY_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Erases all that has expired by now. */
  async sweep(): Promise<void> {
    const at = this.clock.now();
    while ((await this.store.eraseBodies(at, BATCH)) === BATCH);
    while ((await this.store.forget(at, BATCH)) === BATCH);
    while ((await this.keyPackages.forgetExpired(at, BATCH)) === BATCH);
  }

  private async sweepQuietly(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      // Of an outage the database's connection tells.
      if (!(error instanceof Unavailable)) this.log.warn('sweep of what has expired failed', {}, error);
    }
  }
}
