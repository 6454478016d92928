import type { ConversationKind, MemberRole, MemberState, RosterDelta } from '#protocol';
import { RecordKind } from '../store/sealed-store.js';
import type { Retention } from './retention.js';
import { conversationCodec } from './stored-members.js';

/** Somebody in a conversation, as its log says. */
export interface Member {
  readonly accountId: string;
  readonly username: string;
  readonly role: MemberRole;
  readonly state: MemberState;
  /** Position at which they came in; not known of those who were there before this device could read. */
  readonly since?: number;
}

/** Why a conversation cannot be followed at present. */
export type Trouble =
  /** A commit that no honest member can have made, or that the relay has changed. */
  | 'bad_commit'
  /** The relay says something else about the members than the commit that its sender signed. */
  | 'roster_differs'
  /** The group in which this device was is not to be had any more. */
  | 'lost_group';

/** A conversation as this device has stored it. */
/** Somebody who asks. */
export type Inviter = Pick<Member, 'accountId' | 'username'>;

export interface ConversationRecord {
  readonly kind: ConversationKind;
  /** How far its log has been stored here. */
  readonly cursor: number;
  /** `left` once this account is no member any more. */
  readonly standing: MemberState | 'left';
  readonly members: readonly Member[];
  /** Who asks this account to join, as the relay says, while it has not answered. */
  readonly invitedBy?: Inviter | undefined;
  /** What members call it, if they do. */
  readonly title?: string | null | undefined;
  /** The life of what is written in it from now on; null for good, undefined if nobody has said. */
  readonly lifetimeSeconds?: number | null | undefined;
  /** How long the relay keeps its messages, as the relay says; undefined as long as nobody has said anything. */
  readonly retention?: Retention | undefined;
  /** Of the MLS group that this device is in; 0 while it is in none. */
  readonly generation: number;
  /** What the last commit's sender signed about the roster, until the relay's entry has been held against it. */
  readonly announced?: RosterDelta | undefined;
  /** Whose signature that is. */
  readonly announcedBy?: string | undefined;
  /** Up to here the relay is believed about the members: who is in is told to a device as of later than what let it in. */
  readonly believedUntil: number;
  readonly trouble?: Trouble | undefined;
  /** Set once a message with a franking key stood in its log: since then the relay takes none without, and no more does this device. */
  readonly isFranked?: true | undefined;
  /**
   * Set after the relay's database was restored from a backup: `log` until the log has been compared with what is here, `members`
   * until members and group have been. Nothing is sent meanwhile.
   */
  readonly restoration?: 'log' | 'members' | undefined;
  /** Since this device last gave itself new keys. */
  readonly sentSinceUpdate: number;
  readonly updatedAtMs: number;
  /** How far this account has read, here or on another device of its own. */
  readonly readUpTo?: number | undefined;
  /** The same, as far as a device of this account has said so, and not the relay alone. */
  readonly saidUpTo?: number | undefined;
  /** Messages of others behind that. */
  readonly unread?: number | undefined;
}

export const CONVERSATIONS = new RecordKind('conversations', conversationCodec(2));

export function newConversation(
  known: Pick<
    ConversationRecord,
    'kind' | 'cursor' | 'standing' | 'members' | 'believedUntil' | 'retention' | 'invitedBy'
  >,
  nowMs: number,
): ConversationRecord {
  return {
    ...known,
    generation: 0,
    sentSinceUpdate: 0,
    updatedAtMs: nowMs,
  };
}
