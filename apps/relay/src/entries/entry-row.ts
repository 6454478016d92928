import type { AccountId, ConversationId, DeviceId, EntryId } from '#protocol';
import { type Entry, ENTRY_KINDS } from './entry.js';

/** An entry as PostgreSQL returns it, with its sender's name joined to it. */
export interface EntryRow {
  readonly conversation_id: string;
  readonly seq: string;
  readonly id: string;
  readonly kind: number;
  readonly sender_account: string | null;
  readonly sender_username: string | null;
  readonly sender_device: string | null;
  readonly body: Buffer | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
}

export function toEntry(row: EntryRow): Entry {
  return {
    conversationId: row.conversation_id as ConversationId,
    seq: Number(row.seq),
    id: row.id as EntryId,
    kind: ENTRY_KINDS[row.kind] ?? 'message',
    senderId: row.sender_account as AccountId | null,
    senderUsername: row.sender_username,
    senderDeviceId: row.sender_device as DeviceId | null,
    body: row.body,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
