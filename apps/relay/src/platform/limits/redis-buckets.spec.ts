import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';
import { findFreePort } from '../database/embedded/free-port.js';
import { MemoryBuckets } from './memory-buckets.js';
import { RedisBuckets } from './redis-buckets.js';
import { StillClock } from './still-clock.fixture.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) process.stderr.write('The tests of limits in Redis are skipped: there is no redis-server.\n');

const FIVE_IN_15_MINUTES = { burst: 5, seconds: 900 };

(hasRedis ? describe : describe.skip)('buckets in Redis', () => {
  let server: ChildProcess;
  let redis: Redis;
  let other: Redis;
  let clock: StillClock;
  let buckets: RedisBuckets;

  beforeAll(async () => {
    const port = await findFreePort();
    server = spawn(
      'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    for await (const line of createInterface({ input: server.stdout! })) if (line.includes('Ready to accept')) break;
    server.stdout!.resume();
    [redis, other] = [new Redis(port, '127.0.0.1'), new Redis(port, '127.0.0.1')];
  });

  afterAll(async () => {
    redis.disconnect();
    other.disconnect();
    server.kill();
    await once(server, 'exit');
  });

  beforeEach(async () => {
    await redis.flushall();
    clock = new StillClock();
    buckets = new RedisBuckets(redis, clock);
  });

  it('draw as those in memory do, to the point and the millisecond', async () => {
    const memory = new MemoryBuckets(clock);
    // Thirds of a second have no exact form in binary.
    const bucket = { burst: 7, seconds: 60 };
    for (let step = 0; step < 200; step++) {
      const points = 1 + (step % 3);
      expect([step, await buckets.draw('k', bucket, points)]).toEqual([step, memory.draw('k', bucket, points)]);
      clock.advance((step * 7_919) % 9_001);
    }
  });

  it('give their burst once, however many relays draw at once', async () => {
    const others = new RedisBuckets(other, clock);
    const draws = Array.from({ length: 200 }, (_, index) =>
      (index % 2 === 0 ? buckets : others).draw('k', FIVE_IN_15_MINUTES, 1),
    );
    expect((await Promise.all(draws)).filter(({ allowed }) => allowed)).toHaveLength(5);
  });

  it('are forgotten a day after their last draw, full or not: their names may hold addresses (C-37)', async () => {
    await buckets.draw('k', { burst: 100, seconds: 90_000 }, 100);
    const [key = ''] = await redis.keys('*');
    expect(await redis.pttl(key)).toBeLessThanOrEqual(86_400_000);
    expect(await redis.pttl(key)).toBeGreaterThan(86_000_000);
  });

  it('say when the next point is there', async () => {
    await buckets.draw('k', FIVE_IN_15_MINUTES, 5);
    expect(await buckets.draw('k', FIVE_IN_15_MINUTES, 1)).toEqual({
      allowed: false,
      remaining: 0,
      retryAfterMs: 180_000,
    });
  });

  it('vanish by themselves once they are full again', async () => {
    await buckets.draw('k', FIVE_IN_15_MINUTES, 1);
    const lifeMs = await redis.pttl('sealpost:limit:k');
    expect(lifeMs).toBeGreaterThan(175_000);
    expect(lifeMs).toBeLessThanOrEqual(180_001);
  });

  it('keep what is theirs apart from whatever else is in that Redis', async () => {
    await buckets.draw('loginPair:ada', FIVE_IN_15_MINUTES, 1);
    expect(await redis.keys('*')).toEqual(['sealpost:limit:loginPair:ada']);
  });
});
