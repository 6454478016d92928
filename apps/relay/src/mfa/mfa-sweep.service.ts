import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { Log } from '../platform/logging/log.js';
import { ChallengesStore } from './challenges.store.js';
import { FactorsStore } from './factors.store.js';
import { TrustedDevicesStore } from './trusted-devices.store.js';

const EVERY_MS = 60_000;
const BATCH = 500;

/** Deletes what nobody came back for: none of it counts for anything any more, deleted or not. */
@Injectable()
export class MfaSweepService extends RoundsService {
  constructor(
    private readonly challenges: ChallengesStore,
    private readonly factors: FactorsStore,
    private readonly trusted: TrustedDevicesStore,
    private readonly clock: Clock,
    log: Log,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'sweep of second factors failed' });
  }

  protected override round(): Promise<void> {
    return this.sweep();
  }

  async sweep(): Promise<void> {
    const at = this.clock.now();
    for (const store of [this.challenges, this.factors, this.trusted]) while ((await store.sweep(at, BATCH)) === BATCH);
  }
}
