import type { MessageContent } from '#protocol';
import { RecordKind } from '../store/sealed-store.js';
import { sortableNumber } from '../store/store.js';
import { versionedCodec } from '../store/versioned-codec.js';

/** Why the content of an entry cannot be shown. */
export type Unreadable =
  /** Of a later version, or malformed inside. */
  | 'newer'
  | 'malformed'
  /** Sent before this device was in the group. */
  | 'before_joining'
  /** It does not come from whom the relay says, or was meant for another place. */
  | 'not_authentic'
  /** Its sender has left out, or falsified, what a report of it could be proven by. */
  | 'unfranked'
  /** This device fails at it, however often it comes. */
  | 'quarantined'
  /** The relay has it no more. */
  | 'expired'
  /** Nor that: every device of every member had stored it. */
  | 'delivered'
  | 'erased'
  /** Its sender has taken it back. */
  | 'deleted'
  | 'not_member'
  | 'unknown';

/** What somebody has put under a message. */
export interface Reaction {
  readonly accountId: string;
  readonly emoji: string;
}

/** What proves to the relay, when a message is reported, that its sender wrote it. */
export interface Franking {
  readonly key: Uint8Array;
  /** Its content as it was encrypted, where that is not how this device would write it. */
  readonly written?: Uint8Array;
}

/** What stands at a place of a conversation's log, for people to read. */
export interface MessageRecord {
  /** Chosen by its sender; null where nothing is known but that something was there. */
  readonly id: string | null;
  /** Its position; of a gap, the first one. */
  readonly seq: number;
  /** Last position of a gap. */
  readonly upTo?: number;
  readonly senderAccountId: string | null;
  readonly senderDeviceId: string | null;
  readonly sentAtMs: number;
  /** Of its group, when it was encrypted; unknown of what was not read here. */
  readonly epoch?: number;
  readonly content: MessageContent | null;
  /** Unknown of one's own, of what was not read here, and of what is from before there was any. */
  readonly franking?: Franking;
  /** When this device deletes it; unless its sender gave it a life, never. */
  readonly expiresAtMs?: number;
  /** One of each account, in the order in which they came. */
  readonly reactions?: readonly Reaction[];
  /** So many messages of its sender before it have not come: they may still, and are late then. */
  readonly missingBefore?: number;
  /** Set when something that its sender wrote later stands before it. */
  readonly isLate?: true;
  /** Set when it stood in the log before the relay was restored from a backup, and has come again: it is not new. */
  readonly isRestored?: true;
  /** Set when it says of the whole conversation what was so before: it was told again, to whoever has come in. */
  readonly isRepeated?: true;
  /** Set when there is no content. */
  readonly unreadable?: Unreadable;
}

/** By conversation, then position. */
export const MESSAGES = new RecordKind('messages', versionedCodec<MessageRecord>(1));

/** Where a message of others lies that the relay has lost, until it comes again. */
export function lostKey(conversationId: string, id: string): string {
  return `lost/${conversationId}/${id}`;
}

export function messageKey(conversationId: string, seq: number): string {
  return `${conversationId}/${sortableNumber(seq)}`;
}

/** Where a message stands whose id is known: what others write about it names it so. */
export const MESSAGE_PLACES = new RecordKind('settings', versionedCodec<{ readonly seq: number }>(1));

export function messagePlaceKey(conversationId: string, messageId: string): string {
  return `place/${conversationId}/${messageId}`;
}

/** What says something about other messages or readers, and is nothing to read by itself. */
const SIGNALS: readonly string[] = ['reaction', 'deletion', 'read'] satisfies MessageContent['kind'][];

export function isSignal({ content }: MessageRecord): boolean {
  return content !== null && SIGNALS.includes(content.kind);
}

/** What counts as unread until its reader has seen it: what somebody else wrote, readable or of a later version. */
export function isForReading({ content, unreadable, senderAccountId }: MessageRecord, ownAccountId: string): boolean {
  if (senderAccountId === null || senderAccountId === ownAccountId) return false;
  return content === null ? unreadable === 'newer' : content.kind === 'text' || content.kind === 'attachment';
}
