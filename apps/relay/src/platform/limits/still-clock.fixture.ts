import { Clock } from '../clock/clock.js';

/** Time that passes only when a test says so. */
export class StillClock extends Clock {
  private nowMs = 1_790_000_000_000;

  advance(ms: number): void {
    this.nowMs += ms;
  }

  override now(): Date {
    return new Date(this.nowMs);
  }

  override monotonicMillis(): number {
    return this.nowMs;
  }
}
