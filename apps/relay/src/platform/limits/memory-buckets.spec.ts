import { LIMIT_TABLE } from './limit-table.js';
import { MemoryBuckets } from './memory-buckets.js';
import { StillClock } from './still-clock.fixture.js';

const FIVE_IN_15_MINUTES = { burst: 5, seconds: 900 };
/** What the rounding of thousands of draws may add up to: a time of today is kept to a quarter of a microsecond. */
const ROUNDING_MS = 1;

let clock: StillClock;
let buckets: MemoryBuckets;
beforeEach(() => {
  clock = new StillClock();
  buckets = new MemoryBuckets(clock);
});

/** How many of so many draws in a row are allowed. */
function allowedOf(draws: number, key = 'k', bucket = FIVE_IN_15_MINUTES): number {
  return Array.from({ length: draws }, () => buckets.draw(key, bucket, 1)).filter(({ allowed }) => allowed).length;
}

describe('a bucket', () => {
  it('gives its burst at once, and no point more', () => {
    expect(allowedOf(100)).toBe(5);
  });

  it('counts down what remains', () => {
    const remaining = Array.from({ length: 7 }, () => buckets.draw('k', FIVE_IN_15_MINUTES, 1).remaining);
    expect(remaining).toEqual([4, 3, 2, 1, 0, 0, 0]);
  });

  it('says to the millisecond when the next point is there', () => {
    allowedOf(5);
    const { allowed, retryAfterMs } = buckets.draw('k', FIVE_IN_15_MINUTES, 1);
    expect([allowed, retryAfterMs]).toEqual([false, 180_000]);
    clock.advance(retryAfterMs - 1);
    expect(buckets.draw('k', FIVE_IN_15_MINUTES, 1)).toEqual({ allowed: false, remaining: 0, retryAfterMs: 1 });
    clock.advance(1);
    expect(buckets.draw('k', FIVE_IN_15_MINUTES, 1)).toEqual({ allowed: true, remaining: 0, retryAfterMs: 0 });
    expect(allowedOf(10)).toBe(0);
  });

  it('costs nothing when it refuses: trying on does not push the next point away', () => {
    allowedOf(500);
    clock.advance(180_000);
    expect(allowedOf(500)).toBe(1);
  });

  it('is full again after its time, and never fuller', () => {
    allowedOf(5);
    clock.advance(900_000);
    expect(allowedOf(100)).toBe(5);
    clock.advance(900_000_000);
    expect(allowedOf(100)).toBe(5);
  });

  it('takes several points together, or none of them', () => {
    expect(buckets.draw('k', FIVE_IN_15_MINUTES, 4).allowed).toBe(true);
    expect(buckets.draw('k', FIVE_IN_15_MINUTES, 2)).toEqual({ allowed: false, remaining: 1, retryAfterMs: 180_000 });
    expect(buckets.draw('k', FIVE_IN_15_MINUTES, 1).allowed).toBe(true);
  });

  it('never gives more points than it holds, however long one waits', () => {
    clock.advance(10 * 900_000);
    expect(buckets.draw('k', FIVE_IN_15_MINUTES, 6)).toMatchObject({ allowed: false, remaining: 5 });
  });

  it('is of one key: others are as full as ever', () => {
    expect([allowedOf(9, 'one'), allowedOf(9, 'other'), allowedOf(9, 'one')]).toEqual([5, 5, 0]);
  });

  it('survives a clock that jumps back, without giving anything twice', () => {
    allowedOf(5);
    clock.advance(-3_600_000);
    expect(allowedOf(5)).toBe(0);
    clock.advance(3_600_000 + 900_000);
    expect(allowedOf(9)).toBe(5);
  });

  it.each(Object.entries(LIMIT_TABLE))(
    'of the limit %s gives at most its burst and its rate, over any stretch of time',
    (_id, bucket) => {
      // One draw every so often, for three times as long as the bucket takes to fill: some odd step that divides nothing.
      const stepMs = Math.max(1, Math.floor((bucket.seconds * 1000) / 997));
      const points = Math.max(1, Math.floor(bucket.burst / 333));
      const perMs = bucket.burst / (bucket.seconds * 1000);
      let taken = 0;
      for (let elapsedMs = 0; elapsedMs <= 3 * bucket.seconds * 1000; elapsedMs += stepMs) {
        while (buckets.draw('k', bucket, points).allowed) taken += points;
        expect(taken).toBeLessThanOrEqual(bucket.burst + perMs * (elapsedMs + ROUNDING_MS));
        clock.advance(stepMs);
      }
      expect(taken).toBeGreaterThanOrEqual(4 * bucket.burst - 4 * points - bucket.burst / 997);
    },
  );
});

describe('the buckets of a process', () => {
  const held = (): number => (Reflect.get(buckets, 'fullAt') as Map<string, number>).size;
  const quick = { burst: 1, seconds: 1 };

  it('forget those that are full again', () => {
    for (let index = 0; index < 15_000; index++) buckets.draw(`old-${String(index)}`, quick, 1);
    clock.advance(1_000);
    for (let index = 0; index < 10_000; index++) buckets.draw('new', quick, 1);
    expect(held()).toBe(1);
  });

  it('stay bounded in a flood of keys, and keep the newest', () => {
    const slow = { burst: 1, seconds: 86_400 };
    for (let index = 0; index < 250_000; index++) buckets.draw(`key-${String(index)}`, slow, 1);
    expect(held()).toBeLessThanOrEqual(210_000);
    expect(buckets.draw('key-249999', slow, 1).allowed).toBe(false);
  });
});
