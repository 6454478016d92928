import type { Bucket } from './limit-table.js';

/** What one draw on a bucket gave. */
export interface Draw {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Until the refused points would be there; 0 when they were. */
  readonly retryAfterMs: number;
}

/** Where buckets live: in this process, or for several in Redis or PostgreSQL. */
export interface BucketStore {
  draw(key: string, bucket: Bucket, points: number): Promise<Draw> | Draw;
}

/**
 * The generic cell rate algorithm (ITU-T I.371): a bucket is one number, the time at which it will be full again.
 * Exact at every moment, where fixed windows let twice the burst through at their border, which C-34 does not allow.
 */
export function drawFrom(
  fullAtMs: number | undefined,
  nowMs: number,
  bucket: Bucket,
  points: number,
): { fullAtMs: number; draw: Draw } {
  const perPointMs = (bucket.seconds * 1000) / bucket.burst;
  const capacityMs = bucket.seconds * 1000;
  const start = Math.max(fullAtMs ?? nowMs, nowMs);
  const next = start + points * perPointMs;
  const overMs = next - nowMs - capacityMs;
  // Half a microsecond of slack: the sum of many thirds of a second is not exact in binary.
  if (overMs > 0.0005)
    return { fullAtMs: start, draw: { allowed: false, remaining: remaining(start), retryAfterMs: Math.ceil(overMs) } };
  return { fullAtMs: next, draw: { allowed: true, remaining: remaining(next), retryAfterMs: 0 } };

  function remaining(at: number): number {
    return Math.max(0, Math.floor((capacityMs - (at - nowMs)) / perPointMs + 1e-9));
  }
}
