import { readConfig } from '../config/config.js';
import { RateLimited, Unavailable } from '../errors/refusal.js';
import { Log } from '../logging/log.js';
import { LimitFactors } from './limit-factors.js';
import { Limiter } from './limiter.js';
import type { PostgresBuckets } from './postgres-buckets.js';
import { Quotas } from './quotas.js';
import { StillClock } from './still-clock.fixture.js';

/** Nothing listens there. */
const NO_REDIS = 'redis://127.0.0.1:1';

/** Asked by those alone that share limits by PostgreSQL. */
const NO_DATABASE = {} as PostgresBuckets;

const limiters: Limiter[] = [];
const lines: string[] = [];
afterEach(() => {
  for (const limiter of limiters.splice(0)) limiter.onApplicationShutdown();
  lines.splice(0);
});

function limiterWith(environment: Record<string, string> = {}, clock = new StillClock()): Limiter {
  const log = new Log({ LOG_LEVEL: 'debug' }, { write: (line: string) => void lines.push(line) });
  const limiter = new Limiter(readConfig(environment), log, new LimitFactors(), clock, NO_DATABASE);
  limiters.push(limiter);
  return limiter;
}

async function refusal(work: Promise<void>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a limit', () => {
  it('refuses with the seconds after which to try again, rounded up', async () => {
    const clock = new StillClock();
    const limiter = limiterWith({}, clock);
    for (let index = 0; index < 5; index++) await limiter.take('loginPair', 'ada|::1');
    clock.advance(100);
    const error = await refusal(limiter.take('loginPair', 'ada|::1'));
    expect(error).toBeInstanceOf(RateLimited);
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 180 });
  });

  it('is the table’s, or its override', async () => {
    const limiter = limiterWith({ LIMITS: 'loginPair=2/10' });
    expect([limiter.bucket('loginPair'), limiter.bucket('register').burst]).toEqual([{ burst: 2, seconds: 10 }, 6]);
    for (let index = 0; index < 2; index++) await limiter.take('loginPair', 'ada');
    expect(await refusal(limiter.take('loginPair', 'ada'))).toBeInstanceOf(RateLimited);
  });

  it('counts each subject and each limit on its own', async () => {
    const limiter = limiterWith({ LIMITS: 'loginPair=1/10,register=1/10' });
    await limiter.take('loginPair', 'ada');
    await limiter.take('loginPair', 'grace');
    await limiter.take('register', 'ada');
    expect(await refusal(limiter.take('loginPair', 'ada'))).toBeInstanceOf(RateLimited);
  });

  it('on the send path answers without a turn of the event loop', () => {
    const limiter = limiterWith({ LIMITS: 'messages=1/1' });
    limiter.takeLocal('messages', 'device');
    expect(() => limiter.takeLocal('messages', 'device')).toThrow(RateLimited);
  });
});

describe('when the shared store is down', () => {
  it('a limit that is to fail closed lets nobody pass', async () => {
    const limiter = limiterWith({ REDIS_URL: NO_REDIS });
    for (const id of ['loginPair', 'loginAddress', 'register', 'reauthenticate', 'strangersAddress'] as const)
      expect(await refusal(limiter.take(id, 'ada'))).toBeInstanceOf(Unavailable);
  });

  it('a limit that is to fail open is kept by this process alone', async () => {
    const limiter = limiterWith({ REDIS_URL: NO_REDIS, LIMITS: 'refresh=2/10' });
    for (let index = 0; index < 2; index++) expect(await refusal(limiter.take('refresh', 'ada'))).toBeUndefined();
    expect(await refusal(limiter.take('refresh', 'ada'))).toBeInstanceOf(RateLimited);
  });

  it('a limit of this process goes on counting', async () => {
    const limiter = limiterWith({ REDIS_URL: NO_REDIS, LIMITS: 'sync=1/10' });
    expect(await refusal(limiter.take('sync', 'device'))).toBeUndefined();
    expect(await refusal(limiter.take('sync', 'device'))).toBeInstanceOf(RateLimited);
  });

  it('the log says so, and not of whom', async () => {
    await refusal(limiterWith({ REDIS_URL: NO_REDIS }).take('loginPair', 'ada|203.0.113.7'));
    expect(lines.join()).toContain('"limit":"loginPair"');
    expect(lines.join()).not.toMatch(/ada|203\.0\.113\.7/);
  });
});

describe('a quota', () => {
  it('is the table’s, or its override', () => {
    const quotas = new Quotas(readConfig({ QUOTAS: 'devicesPerAccount=3' }));
    expect([quotas.of('devicesPerAccount'), quotas.of('socketsPerAccount')]).toEqual([3, 10]);
  });
});
