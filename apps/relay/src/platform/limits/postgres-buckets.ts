import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { RoundsService } from '../clock/rounds.js';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { Log } from '../logging/log.js';
import { type BucketStore, drawFrom, type Draw } from './buckets.js';
import type { Bucket } from './limit-table.js';
import { SharedTime } from './shared-time.js';

const SWEEP_EVERY_MS = 600_000;
/** After its last draw, though the slowest bucket is full an hour later. */
const MOST_KEPT_MS = 86_400_000 - SWEEP_EVERY_MS;
const KEY_BYTES = 16;
/** A draw that was refused after so long is tried once more. */
const LATE_MS = 200;

/**
 * The algorithm of buckets.ts, in one statement that locks the bucket's row: `$3` is the price of the draw, `$4` what the bucket
 * holds, all in milliseconds. It answers with nothing where the draw is refused.
 */
const DRAW = `
INSERT INTO limit_buckets AS b (key, full_at_ms, forget_at_ms) VALUES ($1, $2::float8 + $3, least($2::float8 + $3, $2 + $5))
ON CONFLICT (key) DO UPDATE SET full_at_ms = greatest(b.full_at_ms, $2) + $3, forget_at_ms = least(greatest(b.full_at_ms, $2) + $3, $2 + $5)
WHERE greatest(b.full_at_ms, $2) + $3 - $2 - $4 <= 0.0005
RETURNING full_at_ms - $3 AS was`;

/** Buckets shared by several relays that have no Redis. */
@Injectable()
export class PostgresBuckets extends RoundsService implements BucketStore {
  private readonly time: SharedTime;

  constructor(
    private readonly database: Database,
    clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    log: Log,
  ) {
    super(log, { everyMs: SWEEP_EVERY_MS, failed: 'sweeping rate limits failed' });
    this.time = new SharedTime(clock, () => this.askTime());
  }

  async draw(key: string, bucket: Bucket, points: number): Promise<Draw> {
    const askedAtMs = await this.time.millis();
    const draw = await this.drawAt(askedAtMs, key, { bucket, points });
    const nowMs = await this.time.millis();
    // Who had to wait for the database is judged by the time at which the wait began, when others had not yet drawn.
    return draw.allowed || nowMs - askedAtMs < LATE_MS ? draw : this.drawAt(nowMs, key, { bucket, points });
  }

  private async drawAt(
    nowMs: number,
    key: string,
    { bucket, points }: { readonly bucket: Bucket; readonly points: number },
  ): Promise<Draw> {
    const capacityMs = bucket.seconds * 1000;
    const priceMs = (points * capacityMs) / bucket.burst;
    const id = this.idOf(key);
    // Dearer than the bucket is large, it would be granted where there is no row yet.
    const wasMs = priceMs > capacityMs ? undefined : await this.take(id, [nowMs, priceMs, capacityMs, MOST_KEPT_MS]);
    return drawFrom(wasMs ?? (await this.fullAtMs(id)), nowMs, bucket, points).draw;
  }

  protected override async round(): Promise<void> {
    await this.database.query('DELETE FROM limit_buckets WHERE forget_at_ms < $1', [await this.time.millis()]);
  }

  protected async askTime(): Promise<number> {
    const [row] = await this.database.query<{ ms: number }>(
      'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
    );
    return row?.ms ?? NaN;
  }

  /** @returns when it was to be full again before the draw; `undefined` if that is refused. */
  private async take(id: Buffer, parameters: readonly number[]): Promise<number | undefined> {
    const [taken] = await this.database.query<{ was: number }>(DRAW, [id, ...parameters]);
    return taken?.was;
  }

  private async fullAtMs(id: Buffer): Promise<number | undefined> {
    const [row] = await this.database.query<{ at: number }>(
      'SELECT full_at_ms AS at FROM limit_buckets WHERE key = $1',
      [id],
    );
    return row?.at;
  }

  /** Whoever has the database alone cannot try out whose it is. */
  private idOf(key: string): Buffer {
    return createHmac('sha256', this.config.SERVER_SECRET ?? '')
      .update(`sealpost limit\0${key}`)
      .digest()
      .subarray(0, KEY_BYTES);
  }
}
