import type { components } from '#api-client';

/** How long a relay keeps the messages of a conversation; devices keep what they have. */
export interface Retention {
  /** Seconds after which it deletes a message that is written from now on; null keeps it. */
  readonly expireAfterSeconds: number | null;
  /** Whether it deletes a message once every device of every member has stored it, those that are there already included. */
  readonly afterDelivery: boolean;
}

/** With what the operator of the relay has set: whichever deletes a message sooner. */
export interface RetentionInForce extends Retention {
  /** After so many seconds the relay deletes any message; null if it has no such bound. */
  readonly maximumSeconds: number | null;
  /** Whether it deletes what is delivered in any conversation. */
  readonly deliveredEverywhere: boolean;
  /** For so many seconds, from when it was sent, it keeps a message that is delivered nevertheless. */
  readonly deliveredKeptSeconds: number;
}

export const KEPT_FOR_GOOD: Retention = { expireAfterSeconds: null, afterDelivery: false };

type Told = Partial<components['schemas']['RetentionDto']> | null | undefined;

/** @returns undefined for what a relay of another version says. */
export function retentionIn(told: Told): Retention | undefined {
  const { expireAfter, afterDelivery } = told ?? {};
  if (typeof afterDelivery !== 'boolean') return undefined;
  if (expireAfter !== null && !(Number.isSafeInteger(expireAfter) && Number(expireAfter) > 0)) return undefined;
  return { expireAfterSeconds: expireAfter ?? null, afterDelivery };
}

export function retentionInForce(told: components['schemas']['RetentionInForceDto']): RetentionInForce {
  return {
    ...(retentionIn(told) ?? KEPT_FOR_GOOD),
    maximumSeconds: told.maximum,
    deliveredEverywhere: told.deliveredEverywhere,
    deliveredKeptSeconds: told.deliveredKept,
  };
}
