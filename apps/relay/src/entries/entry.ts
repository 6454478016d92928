import type { AccountId, ConversationId, DeviceId, EntryId, Seq } from '#protocol';

/** What an entry carries, in the order of its number in the database. */
export const ENTRY_KINDS = ['message', 'members', 'metadata', 'commit', 'retention'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One position of a conversation's log. Body and sender are gone once it is erased. */
export interface Entry {
  readonly conversationId: ConversationId;
  readonly seq: Seq;
  readonly id: EntryId;
  readonly kind: EntryKind;
  readonly senderId: AccountId | null;
  readonly senderUsername: string | null;
  readonly senderDeviceId: DeviceId | null;
  readonly body: Buffer | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}
