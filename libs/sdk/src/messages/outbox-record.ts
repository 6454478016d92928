import type { MessageContent } from '#protocol';
import { RecordKind } from '../store/sealed-store.js';
import { versionedCodec } from '../store/versioned-codec.js';

/** A message that is on its way: kept until it stands in the log that this device has stored. */
export interface OutboxRecord {
  readonly conversationId: string;
  readonly id: string;
  readonly content: MessageContent;
  readonly createdAtMs: number;
  /** Once it was encrypted, for one epoch of the group. */
  readonly ciphertext?: Uint8Array<ArrayBuffer> | undefined;
  /** A code, when the relay will not have it. */
  readonly refused?: string | undefined;
}

/** By conversation, then id, which grows with time. */
export const OUTBOX = new RecordKind('outbox', versionedCodec<OutboxRecord>(1));

export function outboxKey(conversationId: string, id: string): string {
  return `message/${conversationId}/${id}`;
}
