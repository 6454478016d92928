import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, DeviceId, EntryId, Seq } from '#protocol';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { type Entry, ENTRY_KINDS, type EntryKind } from './entry.js';

/** Who wrote an entry; without a device when the relay did it for an account that goes. */
export interface EntrySender {
  readonly accountId: AccountId;
  readonly username: string;
  readonly deviceId: DeviceId | null;
}

/** An entry that is not a message: it changes who is in the conversation or what it is called. */
export interface NewEntry {
  readonly conversationId: ConversationId;
  readonly kind: Exclude<EntryKind, 'message'>;
  /** The client's idempotency key, if it gave one. */
  readonly id?: EntryId | undefined;
  readonly sender: EntrySender;
  readonly body: Buffer;
  readonly at: Date;
}

/** Where an id already stands in a log, and whose it is. */
export interface KnownEntry {
  readonly seq: Seq;
  readonly kind: EntryKind;
  readonly senderId: AccountId | null;
}

interface KnownRow {
  readonly seq: string;
  readonly kind: number;
  readonly sender_account: AccountId | null;
}

/** Appends single entries within a transaction of their feature; messages go through the EntryWriter. */
@Injectable()
export class LogStore {
  /**
   * Appends under the next seq. The caller holds the conversation's row lock (FOR NO KEY UPDATE), and has looked for the
   * id with {@link known} if a client chose it.
   */
  async appendWithin(manager: EntityManager, entry: NewEntry): Promise<Entry> {
    const { conversationId, kind, sender, body, at } = entry;
    const id = entry.id ?? (v7({ msecs: at.getTime() }) as EntryId);
    const [[head]] = await manager.query<[{ last_seq: string }[], number]>(
      'UPDATE conversations SET last_seq = last_seq + 1 WHERE id = $1 RETURNING last_seq',
      [conversationId],
    );
    if (head === undefined) throw new Error('an entry was appended to a conversation that is not there');
    await manager.query(
      `INSERT INTO entries (conversation_id, seq, id, kind, sender_account, sender_device, body, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [conversationId, head.last_seq, id, ENTRY_KINDS.indexOf(kind), sender.accountId, sender.deviceId, body, at],
    );
    return {
      conversationId,
      seq: Number(head.last_seq),
      id,
      kind,
      senderId: sender.accountId,
      senderUsername: sender.username,
      senderDeviceId: sender.deviceId,
      body,
      createdAt: at,
      expiresAt: null,
    };
  }

  /** The entry that already has an id in this log. To be asked under the conversation's row lock. */
  async known(manager: EntityManager, conversationId: ConversationId, id: EntryId): Promise<KnownEntry | undefined> {
    const [row] = await manager.query<KnownRow[]>(
      'SELECT seq, kind, sender_account FROM entries WHERE conversation_id = $1 AND id = $2',
      [conversationId, id],
    );
    const kind = row === undefined ? undefined : ENTRY_KINDS[row.kind];
    if (row === undefined || kind === undefined) return undefined;
    return { seq: Number(row.seq), kind, senderId: row.sender_account };
  }
}
