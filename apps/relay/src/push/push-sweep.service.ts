import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { Log } from '../platform/logging/log.js';
import { PushStore } from './push.store.js';

const EVERY_MS = 3_600_000;

/** Deletes where the devices of sessions that ended by themselves were woken. They are not woken any more, deleted or not. */
@Injectable()
export class PushSweepService extends RoundsService {
  constructor(
    private readonly registrations: PushStore,
    private readonly clock: Clock,
    log: Log,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'sweep of push registrations failed' });
  }

  protected override round(): Promise<void> {
    return this.sweep();
  }

  async sweep(): Promise<void> {
    await this.registrations.sweep(this.clock.now());
  }
}
