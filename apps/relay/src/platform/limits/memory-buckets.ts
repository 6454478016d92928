import type { Clock } from '../clock/clock.js';
import { type BucketStore, drawFrom, type Draw } from './buckets.js';
import type { Bucket } from './limit-table.js';

const MAX_BUCKETS = 100_000;
const SWEEP_EVERY = 10_000;

/** Buckets of one limit in this process. A bucket that is full again needs no memory, so the map is swept of those as it grows. */
export class MemoryBuckets implements BucketStore {
  private readonly fullAt = new Map<string, number>();
  private drawsUntilSweep = SWEEP_EVERY;

  constructor(private readonly clock: Clock) {}

  draw(key: string, bucket: Bucket, points: number): Draw {
    const nowMs = this.clock.monotonicMillis();
    const { fullAtMs, draw } = drawFrom(this.fullAt.get(key), nowMs, bucket, points);
    this.fullAt.set(key, fullAtMs);
    if (--this.drawsUntilSweep <= 0) this.sweep(nowMs);
    return draw;
  }

  private sweep(nowMs: number): void {
    this.drawsUntilSweep = SWEEP_EVERY;
    for (const [key, fullAtMs] of this.fullAt) if (fullAtMs <= nowMs) this.fullAt.delete(key);
    // A flood of distinct keys must not exhaust memory: the oldest go first.
    for (const key of this.fullAt.keys()) {
      if (this.fullAt.size <= MAX_BUCKETS) return;
      this.fullAt.delete(key);
    }
  }
}
