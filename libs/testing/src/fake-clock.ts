import { Clock } from '../../../apps/relay/src/platform/clock/clock.js';

/** The real time plus whatever a test has advanced it by. */
export class FakeClock extends Clock {
  private offsetMs = 0;

  advance(ms: number): void {
    this.offsetMs += ms;
  }

  override now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  override monotonicMillis(): number {
    return super.monotonicMillis() + Math.max(0, this.offsetMs);
  }
}
