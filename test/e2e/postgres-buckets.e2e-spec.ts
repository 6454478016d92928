import { TestRelay, until } from '#testing';
import { readConfig } from '../../apps/relay/src/platform/config/config.js';
import { Database } from '../../apps/relay/src/platform/database/database.js';
import { MemoryBuckets } from '../../apps/relay/src/platform/limits/memory-buckets.js';
import { PostgresBuckets } from '../../apps/relay/src/platform/limits/postgres-buckets.js';
import { StillClock } from '../../apps/relay/src/platform/limits/still-clock.fixture.js';
import { Log } from '../../apps/relay/src/platform/logging/log.js';

const FIVE_IN_15_MINUTES = { burst: 5, seconds: 900 };
const DAY_MS = 86_400_000;
const LOCK_WAITS = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describe('buckets in PostgreSQL', () => {
  const relay = TestRelay.duringTests();
  let clock: StillClock;
  /** At the time of the test's own clock. */
  class SweptBuckets extends PostgresBuckets {
    sweep(): Promise<void> {
      return this.round();
    }

    protected override askTime(): Promise<number> {
      return Promise.resolve(clock.millis());
    }
  }
  const bucketsOf = (): SweptBuckets =>
    new SweptBuckets(relay.part(Database), clock, readConfig(relay.settings), new Log({ LOG_LEVEL: 'silent' }));
  const stored = (): Promise<{ key: Buffer; forget_at_ms: number }[]> => relay.query('SELECT * FROM limit_buckets');

  beforeEach(async () => {
    clock = new StillClock();
    await relay.query('DELETE FROM limit_buckets');
  });

  it('draw as those in memory do, to the point and the millisecond', async () => {
    const [buckets, memory] = [bucketsOf(), new MemoryBuckets(clock)];
    // Thirds of a second have no exact form in binary; and some draws are dearer than all that there is.
    const bucket = { burst: 7, seconds: 60 };
    for (let step = 0; step < 200; step++) {
      const points = step % 50 === 49 ? 8 : 1 + (step % 3);
      expect([step, await buckets.draw('k', bucket, points)]).toEqual([step, memory.draw('k', bucket, points)]);
      clock.advance((step * 7_919) % 9_001);
    }
  });

  it('give their burst once, however many relays draw at once', async () => {
    const both = [bucketsOf(), bucketsOf()];
    const draws = Array.from({ length: 100 }, (_none, index) => both[index % 2]!.draw('k', FIVE_IN_15_MINUTES, 1));
    expect((await Promise.all(draws)).filter(({ allowed }) => allowed)).toHaveLength(5);
  });

  it('refuse nobody because others drew while the database was waited for', async () => {
    const [bucket, buckets] = [{ burst: 10, seconds: 1 }, bucketsOf()];
    await buckets.draw('k', bucket, 1);
    const other = await relay.connection();
    await other.query('BEGIN');
    await other.query('UPDATE limit_buckets SET full_at_ms = $1', [clock.millis() + 2_500]);
    const waiting = buckets.draw('k', bucket, 1);
    await until(async () => (await relay.query(LOCK_WAITS)).length > 0, 'the draw waits');
    clock.advance(2_000);
    await other.query('COMMIT');
    other.release();
    expect((await waiting).allowed).toBe(true);
  });

  it('are forgotten within a day after their last draw, full or not, and do not say whose they are (C-37)', async () => {
    const buckets = bucketsOf();
    await buckets.draw('strangersAddress:203.0.113.77', { burst: 100, seconds: 90_000 }, 100);
    await buckets.draw('loginPair:ada|203.0.113.77', FIVE_IN_15_MINUTES, 1);
    const rows = await stored();
    expect(rows.map(({ key }) => key.length)).toEqual([16, 16]);
    expect(Math.max(...rows.map((row) => row.forget_at_ms)) - clock.millis()).toBeLessThan(DAY_MS);
    clock.advance(180_001);
    await buckets.sweep();
    expect(await stored()).toHaveLength(1);
    clock.advance(DAY_MS);
    await buckets.sweep();
    expect(await stored()).toEqual([]);
  });
});
