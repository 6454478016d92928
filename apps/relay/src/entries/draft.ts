import type { ConversationId, EntryId, GroupPlace, Seq } from '#protocol';
import type { Caller } from '../platform/http/caller.js';

/** A message that wants a place in a conversation's log. */
export interface Draft {
  readonly conversationId: ConversationId;
  /** Chosen by the client; the same id again is the same message. */
  readonly id: EntryId;
  readonly sender: Caller;
  readonly body: Buffer;
  /** Milliseconds until the entry expires; 0 keeps it. */
  readonly lifetimeMs: number;
  /** Where its MLS frame belongs; undefined for any other ciphertext. */
  readonly place?: GroupPlace | undefined;
}

/** The place a draft was given. */
export interface Placement {
  readonly seq: Seq;
  readonly at: Date;
  /** True when this id had its place before: nothing new was stored or pushed. */
  readonly duplicate: boolean;
}

/** A draft whose place is committed. */
export interface CommittedDraft {
  readonly draft: Draft;
  readonly seq: Seq;
  readonly at: Date;
  /** Milliseconds until the entry expires; 0 keeps it. */
  readonly lifetimeMs: number;
  /** The newest change of members as of this append: tells whether a remembered list of members still holds. */
  readonly rosterSeq: Seq;
}
