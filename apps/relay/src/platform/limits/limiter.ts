import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { busKind } from '../bus/bus-kind.js';
import { Clock } from '../clock/clock.js';
import { CONFIG, type Config } from '../config/config.js';
import { RateLimited, Unavailable } from '../errors/refusal.js';
import { Log } from '../logging/log.js';
import type { BucketStore, Draw } from './buckets.js';
import { LimitFactors } from './limit-factors.js';
import { type Bucket, LIMIT_IDS, LIMIT_TABLE, type LimitId } from './limit-table.js';
import { MemoryBuckets } from './memory-buckets.js';
import { PostgresBuckets } from './postgres-buckets.js';
import { RedisBuckets } from './redis-buckets.js';

/** Draws on the rate limits of the limit table. */
@Injectable()
export class Limiter implements OnApplicationShutdown {
  /** Of each limit, by subject: a message draws on four of them, and no key has to be made for that. */
  private readonly local: Readonly<Record<LimitId, MemoryBuckets>>;
  /** Undefined where one relay is alone. */
  private readonly shared: BucketStore | undefined;
  private readonly redis: Redis | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly log: Log,
    private readonly factors: LimitFactors,
    clock: Clock,
    database: PostgresBuckets,
  ) {
    this.local = forEachLimit(() => new MemoryBuckets(clock));
    if (config.REDIS_URL !== undefined) this.redis = connectRedis(config.REDIS_URL, log);
    if (this.redis !== undefined) this.shared = new RedisBuckets(this.redis, clock);
    else if (busKind(config) === 'postgres') this.shared = database;
  }

  /** The bucket in force for a limit: the table's, or its override. */
  bucket(id: LimitId): Bucket {
    return this.config.LIMITS[id] ?? LIMIT_TABLE[id];
  }

  /** @throws {RateLimited} when the bucket of `subject` is empty. */
  async take(id: LimitId, subject: string, points = 1): Promise<void> {
    const draw = await this.draw(id, subject, points);
    if (!draw.allowed) throw new RateLimited(Math.max(1, Math.ceil(draw.retryAfterMs / 1000)));
  }

  /**
   * Like {@link take} for the limits that live in this process: no turn of the event loop on the send path.
   * @param owner the account or device whose limits it is by, where the subject is neither.
   */
  takeLocal(id: LimitId, subject: string, points = 1, owner = subject): void {
    const draw = this.drawLocal(id, subject, { points, owner });
    if (!draw.allowed) throw new RateLimited(Math.max(1, Math.ceil(draw.retryAfterMs / 1000)));
  }

  /** Draws, and says whether that was within the limit. */
  allowsLocal(id: LimitId, subject: string, points: number, owner = subject): boolean {
    return this.drawLocal(id, subject, { points, owner }).allowed;
  }

  async draw(id: LimitId, subject: string, points = 1): Promise<Draw> {
    const limit = LIMIT_TABLE[id];
    const bucket = this.bucketOf(id, subject);
    if (this.shared === undefined || 'local' in limit) return this.local[id].draw(subject, bucket, points);
    try {
      return await this.shared.draw(`${id}:${subject}`, bucket, points);
    } catch (error) {
      this.log.error('limit store failed', { limit: id }, error);
      if (!limit.failOpen) throw new Unavailable();
      // Each relay for itself: better than no limit.
      return this.local[id].draw(subject, bucket, points);
    }
  }

  private drawLocal(id: LimitId, subject: string, { points, owner }: { points: number; owner: string }): Draw {
    return this.local[id].draw(subject, this.bucketOf(id, owner), points);
  }

  /** The bucket of whom an admin lets do more, or less, is of another size. */
  private bucketOf(id: LimitId, owner: string): Bucket {
    const bucket = this.bucket(id);
    const factor = 'scales' in LIMIT_TABLE[id] ? this.factors.of(owner) : 1;
    if (factor === 1) return bucket;
    return { burst: Math.max(1, Math.round(bucket.burst * factor)), seconds: bucket.seconds };
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}

function forEachLimit<Value>(make: () => Value): Record<LimitId, Value> {
  return Object.fromEntries(LIMIT_IDS.map((id) => [id, make()])) as Record<LimitId, Value>;
}

function connectRedis(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    connectTimeout: 2000,
    commandTimeout: 500,
  });
  redis.on('error', (error: unknown) => {
    log.warn('redis connection failed', {}, error);
  });
  return redis;
}
