import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { Log } from '../platform/logging/log.js';
import { MfaResetsStore } from './mfa-resets.store.js';

const EVERY_MS = 60_000;
const BATCH = 500;

/** Deletes requests that nobody agreed to in time. Nobody can any more, deleted or not. */
@Injectable()
export class MfaResetSweepService extends RoundsService {
  constructor(
    private readonly resets: MfaResetsStore,
    private readonly clock: Clock,
    log: Log,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'sweep of requests to admins failed' });
  }

  protected override round(): Promise<void> {
    return this.sweep();
  }

  async sweep(): Promise<void> {
    const at = this.clock.now();
    while ((await this.resets.sweep(at, BATCH)) === BATCH);
  }
}
