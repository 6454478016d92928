import type { Clock } from '../clock/clock.js';

/** Clocks drift apart by less than a millisecond in a minute. */
const KEEP_MS = 600_000;

/**
 * The time of what several relays share, in milliseconds since the epoch. It is asked for now and then, and between that goes on by a
 * clock that nobody sets: two relays whose own clocks are minutes apart still mean the same.
 */
export class SharedTime {
  private known: { readonly offsetMs: Promise<number>; readonly atMs: number } | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly ask: () => Promise<number>,
  ) {}

  /** @throws what asking throws. */
  async millis(): Promise<number> {
    const { offsetMs } = this.current();
    return Math.round((await offsetMs) + this.clock.monotonicMillis());
  }

  private current(): NonNullable<SharedTime['known']> {
    const atMs = performance.now();
    if (this.known !== undefined && atMs - this.known.atMs < KEEP_MS) return this.known;
    const known = { offsetMs: this.offset(), atMs };
    this.known = known;
    // A failure is not kept: the next draw asks again.
    known.offsetMs.catch(() => {
      if (this.known === known) this.known = undefined;
    });
    return known;
  }

  private async offset(): Promise<number> {
    const before = this.clock.monotonicMillis();
    const sharedMs = await this.ask();
    return sharedMs - (before + this.clock.monotonicMillis()) / 2;
  }
}
