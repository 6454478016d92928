import type { EntryId, Retention } from '#protocol';

export interface NewRetention {
  /** Chosen by the client; the same id again is the same change. */
  readonly id: EntryId;
  readonly retention: Retention;
}

/** What members have agreed, and what the operator has set: of each, what erases sooner. */
export interface RetentionInForce extends Retention {
  /** Seconds for which any message is kept at most; null for good. */
  readonly maximum: number | null;
  readonly deliveredEverywhere: boolean;
  /** Seconds from when it was sent. */
  readonly deliveredKept: number;
}
