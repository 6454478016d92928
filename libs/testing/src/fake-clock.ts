import { Clock } from '../../../apps/relay/src/platform/clock/clock.js';

/** The real time plus whatever a test has advanced it by. */
export class FakeClock extends Clock {
  private offsetMs = 0;
  private passedMs = 0;

  advance(ms: number): void {
    this.offsetMs += ms;
    this.passedMs += Math.max(0, ms);
  }

  /** Somebody sets the clock: no time passes by that, and what measures durations is not to notice. */
  set(offByMs: number): void {
    this.offsetMs += offByMs;
  }

  override now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  override monotonicMillis(): number {
    return super.monotonicMillis() + this.passedMs;
  }
}
