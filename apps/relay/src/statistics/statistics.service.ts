import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { PushTotals } from '../push/index.js';
import type { Statistics } from './statistics.js';
import { StatisticsStore } from './statistics.store.js';
import { RELAY_VERSION } from '../platform/config/version.js';

/** However often somebody asks, the database counts once within this time. */
const KEPT_MS = 60_000;

/** Numbers of the relay, for administrators. */
@Injectable()
export class StatisticsService {
  private readonly startedAtMs: number;
  private counted: { readonly atMs: number; readonly numbers: Promise<Statistics> } | undefined;

  constructor(
    private readonly store: StatisticsStore,
    private readonly pushes: PushTotals,
    private readonly clock: Clock,
  ) {
    this.startedAtMs = clock.monotonicMillis();
  }

  /** As they were a minute ago at the most. */
  async read(): Promise<Statistics> {
    const nowMs = this.clock.monotonicMillis();
    if (this.counted !== undefined && nowMs - this.counted.atMs < KEPT_MS) return this.counted.numbers;
    const counted = { atMs: nowMs, numbers: this.count(nowMs) };
    this.counted = counted;
    // A failure is nothing to keep: the next one counts again.
    counted.numbers.catch(() => {
      if (this.counted === counted) this.counted = undefined;
    });
    return counted.numbers;
  }

  private async count(nowMs: number): Promise<Statistics> {
    const at = this.clock.now();
    const stored = await this.store.count(at);
    const uptimeSeconds = Math.floor((nowMs - this.startedAtMs) / 1_000);
    return { at, version: RELAY_VERSION, uptimeSeconds, stored, pushes: this.pushes.read() };
  }
}
