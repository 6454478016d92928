import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, EntryId } from '#protocol';
import { type Entry, type EntryRow, toEntry } from '../entries/index.js';
import { Database } from '../platform/database/database.js';
import type { MessagePosition } from './message.js';

/** The list a reader browses: what others sent to them, or what they sent. */
export type Mailbox = 'inbox' | 'sent';

interface MailboxPage {
  readonly reader: AccountId;
  readonly mailbox: Mailbox;
  readonly before: MessagePosition | undefined;
  readonly at: Date;
  readonly limit: number;
}

const ENTRY = 'e.*, a.username AS sender_username';

@Injectable()
export class MessagesStore {
  constructor(private readonly database: Database) {}

  /** A message that the reader may see: one within a stay of theirs that was accepted, and that has not expired. */
  async one(reader: AccountId, conversationId: ConversationId, id: EntryId, at: Date): Promise<Entry | undefined> {
    const [row] = await this.database.query<EntryRow>(
      `SELECT ${ENTRY} FROM entries e LEFT JOIN accounts a ON a.id = e.sender_account
       WHERE e.conversation_id = $2 AND e.id = $3 AND e.kind = 0 AND e.body IS NOT NULL AND (e.expires_at IS NULL OR e.expires_at > $4)
         AND EXISTS (SELECT 1 FROM members m WHERE m.conversation_id = e.conversation_id AND m.account_id = $1 AND m.state = 'joined'
                     AND e.seq BETWEEN m.joined_seq AND coalesce(m.left_seq, e.seq))`,
      [reader, conversationId, id, at],
    );
    return row === undefined ? undefined : toEntry(row);
  }

  /**
   * Messages of all conversations, newest first. For browsing: each conversation is walked back from its head, which is
   * quick for recent pages and slower the further back one goes; catching up is what `sync` is for.
   */
  async browse({ reader, mailbox, before, at, limit }: MailboxPage): Promise<Entry[]> {
    const rows = await this.database.query<EntryRow>(
      `SELECT ${ENTRY} FROM members m
       CROSS JOIN LATERAL (
         SELECT * FROM entries x
         WHERE x.conversation_id = m.conversation_id AND x.seq >= m.joined_seq AND x.seq <= coalesce(m.left_seq, 9223372036854775807)
           AND x.kind = 0 AND x.body IS NOT NULL AND (x.expires_at IS NULL OR x.expires_at > $2)
           AND ${mailbox === 'sent' ? 'x.sender_account = $1' : 'x.sender_account IS DISTINCT FROM $1'}
           AND ($3::timestamptz IS NULL OR (x.created_at, x.conversation_id, x.seq) < ($3, $4::uuid, $5::bigint))
         ORDER BY x.seq DESC LIMIT $6
       ) e LEFT JOIN accounts a ON a.id = e.sender_account
       WHERE m.account_id = $1 AND m.state = 'joined'
       ORDER BY e.created_at DESC, e.conversation_id DESC, e.seq DESC LIMIT $6`,
      [reader, at, before?.at ?? null, before?.conversationId ?? null, before?.seq ?? null, limit],
    );
    return rows.map(toEntry);
  }
}
