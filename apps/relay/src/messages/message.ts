import type { AccountId, ConversationId, EntryId, Seq } from '#protocol';
import type { Entry } from '../entries/index.js';

/** A message somebody wants to send, as parsed from a request. */
export interface OutgoingMessage {
  readonly id: EntryId;
  readonly body: Buffer;
  /** Seconds until it is erased; undefined keeps it. */
  readonly expiresIn: number | undefined;
}

/** Where a message was stored. */
export interface SentMessage {
  readonly conversationId: ConversationId;
  readonly id: EntryId;
  readonly seq: Seq;
  readonly at: Date;
  readonly duplicate: boolean;
}

/** Sort key of the lists over all conversations. */
export interface MessagePosition {
  readonly at: Date;
  readonly conversationId: ConversationId;
  readonly seq: Seq;
}

/** A recipient's marks on one message. */
export interface MemberReceipt {
  readonly accountId: AccountId;
  readonly username: string;
  readonly deliveredAt: Date | null;
  readonly readAt: Date | null;
}

/** A message and who has it. */
export interface Message {
  readonly entry: Entry;
  readonly receipts: readonly MemberReceipt[];
}

export type ReceiptKind = 'delivered' | 'read';

/** One member's mark: everything up to `upTo` is delivered or read since `at`. */
export interface Watermark {
  readonly conversationId: ConversationId;
  readonly accountId: AccountId;
  readonly kind: ReceiptKind;
  readonly upTo: Seq;
  readonly at: Date;
}
