import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../platform/clock/clock.js';

const LEAST_REST_MS = 25;
const MOST_REST_MS = 5_000;
/** So many times as long as the batch took, so that those who send have the database to themselves for nine tenths of the time. */
const RESTS = 9;
/** Work that is not done by then comes in faster than it goes in rests like these: half of the time is its own from here on. */
const PATIENCE_MS = 3_600_000;

/** How long to rest after a batch that took so long, so long after the first one began; all in milliseconds. */
export function restMs(tookMs: number, sinceMs: number): number {
  const wanted = tookMs * (sinceMs < PATIENCE_MS ? RESTS : 1);
  return Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, wanted));
}

/**
 * The pace of work in batches beside those who send. The more a machine has to do, the longer a batch takes, and the longer this
 * rests after it.
 */
export class Pace {
  private readonly startedMs: number;
  private batchMs: number;

  /** @param stopping ends a rest early. */
  constructor(
    private readonly clock: Clock,
    private readonly stopping: AbortSignal,
  ) {
    this.startedMs = clock.monotonicMillis();
    this.batchMs = this.startedMs;
  }

  /** To be called after each batch that is followed by another one. */
  async rest(): Promise<void> {
    const nowMs = this.clock.monotonicMillis();
    // It rejects when it is ended early, and for nothing else.
    const ms = restMs(nowMs - this.batchMs, nowMs - this.startedMs);
    await pause(ms, undefined, { signal: this.stopping }).catch(() => undefined);
    this.batchMs = this.clock.monotonicMillis();
  }
}
