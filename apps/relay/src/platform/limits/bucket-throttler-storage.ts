import type { ThrottlerStorage } from '@nestjs/throttler';
import { isLimitId } from './limit-table.js';
import type { Limiter } from './limiter.js';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * The throttler's storage over our buckets. Its own keeps an array of every live hit per key, which costs a third of a
 * request's CPU under load.
 */
export class BucketThrottlerStorage implements ThrottlerStorage {
  constructor(private readonly limiter: Limiter) {}

  async increment(
    key: string,
    _ttl: number,
    _limit: number,
    _blockDuration: number,
    name: string,
  ): Promise<ThrottlerRecord> {
    if (!isLimitId(name)) throw new Error(`no limit is named ${name}`);
    const { burst, seconds } = this.limiter.bucket(name);
    const { allowed, remaining, retryAfterMs } = await this.limiter.draw(name, key);
    return {
      totalHits: burst - remaining,
      timeToExpire: Math.ceil(((burst - remaining) * seconds) / burst),
      isBlocked: !allowed,
      timeToBlockExpire: Math.max(1, Math.ceil(retryAfterMs / 1000)),
    };
  }
}
