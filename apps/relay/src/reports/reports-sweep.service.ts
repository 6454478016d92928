import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Log } from '../platform/logging/log.js';
import { ReportsStore } from './reports.store.js';
import { keptSince } from './retention.js';

const EVERY_MS = 60_000;
const BATCH = 100;

/** Deletes reports whose time is over, dealt with or not: what is shown in them is kept no longer than was said. */
@Injectable()
export class ReportsSweepService extends RoundsService {

  constructor(
    private readonly reports: ReportsStore,
    private readonly clock: Clock,
    log: Log,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'sweep of reports failed' });
  }

  protected override round(): Promise<void> {
    return this.sweep();
  }

  async sweep(): Promise<void> {
    const before = keptSince(this.clock.now(), this.config.REPORT_RETENTION_DAYS);
    while ((await this.reports.sweep(before, BATCH)) === BATCH);
  }
}
