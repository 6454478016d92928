import type { Config } from '../config/config.js';

/** Where nothing is said: Redis if there is one, PostgreSQL for several processes, and nothing for one. */
export function busKind({
  BUS,
  REDIS_URL,
  WORKERS,
}: Pick<Config, 'BUS' | 'REDIS_URL' | 'WORKERS'>): 'off' | 'postgres' | 'redis' {
  if (BUS !== undefined) return BUS;
  if (REDIS_URL !== undefined) return 'redis';
  return WORKERS > 1 ? 'postgres' : 'off';
}
