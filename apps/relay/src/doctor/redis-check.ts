import { Redis } from 'ioredis';
import { fail, type Finding, ok, reasonOf } from './finding.js';

const PATIENCE_MS = 3_000;

export async function examineRedis(url: string): Promise<Finding> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Told to whoever waits as well; unheard, it would be printed.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return ok('Redis', 'answers');
  } catch (error) {
    return fail('Redis', `does not answer: ${reasonOf(error)}. Until it does, each relay keeps limits of its own`);
  } finally {
    redis.disconnect();
  }
}
