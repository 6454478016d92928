import { Injectable } from '@nestjs/common';

/** The only source of time in the relay, so that tests can move it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Milliseconds since the epoch. */
  millis(): number {
    return this.now().getTime();
  }

  /** Milliseconds on a clock that never jumps: for durations, never for dates. */
  monotonicMillis(): number {
    return performance.now();
  }
}
