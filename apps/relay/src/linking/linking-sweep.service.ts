import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { Log } from '../platform/logging/log.js';
import { LinkingStore } from './linking.store.js';

const EVERY_MS = 10_000;
const BATCH = 500;

/** Deletes the slots that nobody came back for. Nobody sees an expired one, deleted or not. */
@Injectable()
export class LinkingSweepService extends RoundsService {
  constructor(
    private readonly slots: LinkingStore,
    private readonly clock: Clock,
    log: Log,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'sweep of linking slots failed' });
  }

  protected override round(): Promise<void> {
    return this.sweep();
  }

  async sweep(): Promise<void> {
    const at = this.clock.now();
    while ((await this.slots.sweep(at, BATCH)) === BATCH);
  }
}
