import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AuditTally } from '../audit/index.js';
import { Clock } from '../platform/clock/clock.js';
import { Rounds } from '../platform/clock/rounds.js';
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
  private readonly rounds: Rounds;

  constructor(
    private readonly store: ExpiryStore,
    private readonly keyPackages: KeyPackagesStore,
    private readonly tally: AuditTally,
    private readonly clock: Clock,
    log: Log,
  ) {
    this.rounds = new Rounds(log, {
      everyMs: EVERY_MS,
      failed: 'sweep of what has expired failed',
      run: () => this.sweep(),
    });
  }

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** Erases all that has expired by now. */
  async sweep(): Promise<void> {
    const at = this.clock.now();
    for (let erased = BATCH; erased === BATCH;) {
      erased = await this.store.eraseBodies(at, BATCH);
      if (erased > 0) this.tally.count('retention_run', undefined, erased);
    }
    while ((await this.store.forget(at, BATCH)) === BATCH);
    while ((await this.keyPackages.forgetExpired(at, BATCH)) === BATCH);
  }
}
