import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Clock } from '../clock/clock.js';
import type { BucketStore, Draw } from './buckets.js';
import type { Bucket } from './limit-table.js';
import { SharedTime } from './shared-time.js';

/**
 * The algorithm of buckets.ts, atomic in Redis. Numbers travel as text, with all digits of a double: Redis would cut a
 * returned float to an integer, and Lua's own tostring to 14 digits. A key may name an address: no key lies here for more than a
 * day after its last draw, though the slowest bucket is full an hour later.
 */
const DRAW = `
local function text(number) return string.format('%.17g', number) end
local now, capacity, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local start = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local over = start + cost - now - capacity
if over > 0.0005 then return {0, text(start), text(over)} end
redis.call('SET', KEYS[1], text(start + cost), 'PX', math.min(math.ceil(start + cost - now) + 1, 86400000))
return {1, text(start + cost), '0'}`;

const drawReply = z.tuple([z.number(), z.coerce.number(), z.coerce.number()]);

/** Buckets shared by several relays. */
export class RedisBuckets implements BucketStore {
  private readonly time: SharedTime;

  constructor(
    private readonly redis: Redis,
    clock: Clock,
  ) {
    this.time = new SharedTime(clock, () => this.askTime());
  }

  async draw(key: string, bucket: Bucket, points: number): Promise<Draw> {
    const capacityMs = bucket.seconds * 1000;
    const perPointMs = capacityMs / bucket.burst;
    const nowMs = await this.time.millis();
    const reply = await this.redis.eval(DRAW, 1, `sealpost:limit:${key}`, nowMs, capacityMs, perPointMs * points);
    const [allowed, fullAtMs, overMs] = drawReply.parse(reply);
    return {
      allowed: allowed === 1,
      remaining: Math.max(0, Math.floor((capacityMs - (fullAtMs - nowMs)) / perPointMs + 1e-9)),
      retryAfterMs: Math.ceil(overMs),
    };
  }

  private async askTime(): Promise<number> {
    const [seconds, micros] = await this.redis.time();
    return Number(seconds) * 1_000 + Number(micros) / 1_000;
  }
}
