import type {
  AccountId,
  ConversationId,
  ConversationKind,
  ConversationProtocol,
  DeviceId,
  EntryId,
  GroupPlace,
  MemberRole,
  MemberState,
  Retention,
  Seq,
} from '#protocol';
import type { Change } from '../changes/index.js';
import type { Entry } from '../entries/index.js';

/** A conversation's row, as it stands under its lock. */
export interface ConversationHead {
  readonly id: ConversationId;
  readonly kind: ConversationKind;
  readonly protocol: ConversationProtocol;
  readonly lastSeq: Seq;
  readonly rosterSeq: Seq;
  /** All zero for `opaque`. */
  readonly group: GroupPlace;
}

/** The MLS group as its members see it. */
export interface GroupView extends GroupPlace {
  /** Messages of earlier epochs are refused. */
  readonly minEpoch: number;
  /** Leaves that have to be removed before the next message. */
  readonly due: readonly Leaf[];
}

/** A device in an MLS group. */
export interface Leaf {
  readonly leaf: number;
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
}

export interface Person {
  readonly accountId: AccountId;
  readonly username: string;
  readonly displayName: string;
}

/** An account in a conversation right now. */
export interface Member extends Person {
  readonly role: MemberRole;
  readonly state: MemberState;
  readonly joinedSeq: Seq;
}

/** From the entry that began it to the one that ended it, both included; `to` is null while it lasts. */
export interface Stay {
  readonly from: Seq;
  readonly to: Seq | null;
}

/** What an account still has in a conversation: its part in it, an invitation, or only what it read before. */
export type Standing = MemberState | 'left';

/** A conversation as one account sees it. */
export interface ConversationView {
  readonly id: ConversationId;
  readonly kind: ConversationKind;
  readonly protocol: ConversationProtocol;
  readonly createdAt: Date;
  readonly standing: Standing;
  readonly role: MemberRole | null;
  /** The last entry this account may read; 0 when there is none. */
  readonly headSeq: Seq;
  /** The stays it may read. */
  readonly stays: readonly Stay[];
  /** The other one of a direct conversation. */
  readonly peer: Person | null;
  /** Who asks, while the invitation is open. */
  readonly invitedBy: Person | null;
}

/** With what only those inside see. */
export interface ConversationDetails extends ConversationView {
  readonly rosterSeq: Seq | null;
  readonly members: readonly Member[];
  readonly metadata: Buffer | null;
  /** Of a conversation that is an MLS group. */
  readonly group: GroupView | null;
  readonly retention: Retention | null;
}

/** Where a page of conversations starts: after this one, newest first. */
export interface ViewPosition {
  readonly createdAt: Date;
  readonly id: ConversationId;
}

/** What a committed transaction did, for those who should hear of it. */
export interface Outcome {
  readonly entries: readonly Entry[];
  /** Whose devices are pushed the entries. */
  readonly recipients: readonly AccountId[];
  readonly changes: readonly Change[];
}

export const NOTHING_HAPPENED: Outcome = { entries: [], recipients: [], changes: [] };

/** Where the entry stands that says what a request changed; null when there was nothing to change. */
export interface Placed {
  readonly seq: Seq | null;
  readonly outcome: Outcome;
}

export interface NewDirect {
  readonly protocol: ConversationProtocol;
  /** Username of the other one. */
  readonly with: string;
}

export interface NewGroup {
  readonly protocol: ConversationProtocol;
  /** Chosen by the client, if at all; the same id again is the same group. */
  readonly id: ConversationId | undefined;
  readonly members: readonly string[];
  readonly metadata: Buffer | undefined;
}

export interface NewMetadata {
  /** Chosen by the client; the same id again is the same change. */
  readonly id: EntryId;
  readonly metadata: Buffer;
}

/** Whom a request adds or removes. */
export interface Named {
  /** Chosen by the client, if at all; the same id again is the same request. */
  readonly id: EntryId | undefined;
  readonly usernames: readonly string[];
}
