import type { ConversationKind } from '#protocol';
import type { ConversationRecord, Inviter, Member, Trouble } from './conversation-record.js';
import { KEPT_FOR_GOOD, type Retention } from './retention.js';

/** A conversation as people see it. */
export interface Conversation {
  readonly id: string;
  readonly kind: ConversationKind;
  /** `null` until somebody gives it one. */
  readonly title: string | null;
  /** The life of what is written in it from now on; null for good. */
  readonly lifetimeSeconds: number | null;
  /** How long the relay keeps what is written in it, as its members have agreed. Devices keep what they have. */
  readonly retention: Retention;
  readonly standing: ConversationRecord['standing'];
  readonly members: readonly Member[];
  /** Who asks this account to join, while `standing` is `invited`; whoever is asked sees no members. */
  readonly invitedBy: Inviter | null;
  /** Position of what was stored last. */
  readonly head: number;
  /** Whether this device can read and send; if not, another device has yet to bring it in. */
  readonly isReady: boolean;
  readonly trouble: Trouble | null;
  /** How far this account has read, on whichever of its devices; 0 at first. */
  readonly readUpTo: number;
  /** So many messages of others stand behind that; 1,000 may be more. */
  readonly unread: number;
}

export function conversationOf(id: string, record: ConversationRecord): Conversation {
  const {
    kind,
    title = null,
    lifetimeSeconds = null,
    retention = KEPT_FOR_GOOD,
    standing,
    members,
    cursor,
    generation,
    trouble = null,
    readUpTo = 0,
    unread = 0,
    invitedBy = null,
  } = record;
  const isReady = standing === 'joined' && generation > 0 && trouble === null;
  const told = { id, kind, title, lifetimeSeconds, retention, standing, members };
  const asking = standing === 'invited' ? invitedBy : null;
  return { ...told, invitedBy: asking, head: cursor, isReady, trouble, readUpTo, unread };
}
