import { REGISTRATION_MODES, type RegistrationMode } from '#protocol';
import type { Config } from '../platform/config/config.js';

const DAY_SECONDS = 86_400;
/** How a stored number of days says that there is no bound. */
const UNBOUNDED = 0;

/** What administrators change while the relay runs. Until they do, it is what the environment says. */
export interface ServerSettings {
  readonly registration: RegistrationMode;
  /** For so many days anything that people write is kept at most; null if there is no such bound. */
  readonly retentionMaxDays: number | null;
}

/** What is stored of them; null where nobody has changed anything. */
export interface StoredSettings {
  readonly registration: string | null;
  readonly retention_max_days: number | null;
}

export function settingsInForce(stored: StoredSettings | undefined, config: Config): ServerSettings {
  const { registration = null, retention_max_days: days = null } = stored ?? {};
  // Another mode than ours was set by a newer relay: what is not known lets nobody in.
  const known = REGISTRATION_MODES.find((mode) => mode === registration) ?? 'closed';
  return {
    registration: registration === null ? config.REGISTRATION : known,
    retentionMaxDays: days === null ? (config.RETENTION_MAX_DAYS ?? null) : days === UNBOUNDED ? null : days,
  };
}

/** As {@link settingsInForce} reads it. */
export function storedDays(days: number | null): number {
  return days ?? UNBOUNDED;
}

/** Seconds for which anything is kept at most that people write; undefined if there is no such bound. */
export function longestLifeSeconds({ retentionMaxDays: days }: ServerSettings): number | undefined {
  return days === null ? undefined : days * DAY_SECONDS;
}
