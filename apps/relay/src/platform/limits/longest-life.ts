import type { Config } from '../config/config.js';

const DAY_SECONDS = 86_400;

/** Seconds for which the operator has anything kept at most that people write; undefined if there is no such bound. */
export function longestLifeSeconds({ RETENTION_MAX_DAYS: days }: Config): number | undefined {
  return days === undefined ? undefined : days * DAY_SECONDS;
}
