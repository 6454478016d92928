import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { Unavailable } from '../platform/errors/refusal.js';
import { Log } from '../platform/logging/log.js';
import { LinkingStore } from './linking.store.js';

const EVERY_MS = 10_000;
const BATCH = 500;

/** Deletes the slots that nobody came back for. Nobody sees an expired one, deleted or not. */
@Injectable()
export class LinkingSweepService implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly slots: LinkingStore,
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

  async sweep(): Promise<void> {
    const at = this.clock.now();
    while ((await this.slots.sweep(at, BATCH)) === BATCH);
  }

  private async sweepQuietly(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      // Of an outage the database's connection tells.
      if (!(error instanceof Unavailable)) this.log.warn('sweep of linking slots failed', {}, error);
    }
  }
}
