import type { AccountId } from '#protocol';

export const CONTACT_STATES = ['accepted', 'blocked'] as const;
export type ContactState = (typeof CONTACT_STATES)[number];

/** What somebody decided about a person. */
export interface Contact {
  readonly accountId: AccountId;
  readonly username: string;
  readonly displayName: string;
  readonly state: ContactState;
  readonly changedAt: Date;
}

/** A decision of `owner` about `peer`. */
export interface ContactDecision {
  readonly owner: AccountId;
  readonly peer: AccountId;
  readonly at: Date;
}

/**
 * How an account may be brought into a conversation: as a member at once, as somebody who is asked first, or not at all.
 * Who blocked whom, and whether the account exists, is not told apart: a blocked person must not learn of it.
 */
export type Admission = 'joined' | 'invited' | 'refused';
