import { Injectable } from '@nestjs/common';
import { type AccountId, type ConversationId, LIMITS, type Seq } from '#protocol';
import { type Change, ChangesStore } from '../changes/index.js';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { MemberReceipt, ReceiptKind, Watermark } from './message.js';

export interface NewMarks {
  readonly conversationId: ConversationId;
  readonly reader: AccountId;
  readonly marks: Readonly<Partial<Record<ReceiptKind, Seq>>>;
  readonly at: Date;
}

export interface RecordedMarks {
  readonly watermarks: readonly Watermark[];
  /** Those whose messages the marks newly cover, and the reader. */
  readonly hearers: readonly AccountId[];
  readonly changes: readonly Change[];
}

interface MarkedRow {
  readonly kind: ReceiptKind;
  readonly up_to_seq: string;
  readonly previous: string;
}

interface WatermarkRow {
  readonly conversation_id: ConversationId;
  readonly account_id: AccountId;
  readonly kind: ReceiptKind;
  readonly up_to_seq: string;
  readonly at: Date;
}

interface ReceiptRow {
  readonly seq: string;
  readonly conversation_id: ConversationId;
  readonly account_id: AccountId;
  readonly username: string;
  readonly delivered_at: Date | null;
  readonly read_at: Date | null;
}

const NOTHING: RecordedMarks = { watermarks: [], hearers: [], changes: [] };

@Injectable()
export class ReceiptsStore {
  constructor(
    private readonly database: Database,
    private readonly changes: ChangesStore,
  ) {}

  /** Records marks that go further than the reader's last ones; marks that do not are no news. */
  async record(marks: NewMarks): Promise<RecordedMarks> {
    return this.database.transaction(async (manager) => {
      const recorded = await this.insert(manager, marks);
      if (recorded.length === 0) return NOTHING;
      const senders = await this.coveredSenders(manager, marks, recorded);
      // The reader's other devices want to know, too: what was read on one is read on all.
      const hearers = [...senders, marks.reader];
      const changes = await this.changes.note(manager, hearers, 'receipts', marks.conversationId);
      const { conversationId, reader: accountId, at } = marks;
      const watermarks = recorded.map((row) => ({
        conversationId,
        accountId,
        kind: row.kind,
        upTo: Number(row.up_to_seq),
        at,
      }));
      return { watermarks, hearers, changes };
    });
  }

  /** The newest marks of each member of the conversations. */
  async newest(manager: EntityManager, conversations: readonly ConversationId[]): Promise<Watermark[]> {
    if (conversations.length === 0) return [];
    const rows = await manager.query<WatermarkRow[]>(
      `SELECT DISTINCT ON (conversation_id, account_id, kind) conversation_id, account_id, kind, up_to_seq, at
       FROM receipts WHERE conversation_id = ANY ($1)
       ORDER BY conversation_id, account_id, kind, up_to_seq DESC`,
      [[...conversations]],
    );
    return rows.map((row) => ({
      conversationId: row.conversation_id,
      accountId: row.account_id,
      kind: row.kind,
      upTo: Number(row.up_to_seq),
      at: row.at,
    }));
  }

  async newestOf(conversationId: ConversationId): Promise<Watermark[]> {
    return this.newest(this.database.manager, [conversationId]);
  }

  /**
   * Who has each of the messages, and since when: the earliest mark that covers it, for every member whose stay includes
   * it. Keyed by conversation and seq.
   */
  async ofMessages(
    messages: readonly { conversationId: ConversationId; seq: Seq }[],
  ): Promise<Map<string, MemberReceipt[]>> {
    const rows = await this.database.query<ReceiptRow>(
      `SELECT q.conversation_id, q.seq, m.account_id, a.username,
         (SELECT min(r.at) FROM receipts r WHERE r.conversation_id = q.conversation_id AND r.account_id = m.account_id
            AND r.kind = 'delivered' AND r.up_to_seq >= q.seq) AS delivered_at,
         (SELECT min(r.at) FROM receipts r WHERE r.conversation_id = q.conversation_id AND r.account_id = m.account_id
            AND r.kind = 'read' AND r.up_to_seq >= q.seq) AS read_at
       FROM unnest($1::uuid[], $2::bigint[]) AS q (conversation_id, seq)
       JOIN entries e ON e.conversation_id = q.conversation_id AND e.seq = q.seq
       JOIN members m ON m.conversation_id = q.conversation_id AND m.state = 'joined'
         AND q.seq BETWEEN m.joined_seq AND coalesce(m.left_seq, q.seq) AND m.account_id IS DISTINCT FROM e.sender_account
       JOIN accounts a ON a.id = m.account_id
       WHERE (SELECT count(*) FROM members c WHERE c.conversation_id = q.conversation_id AND c.left_seq IS NULL) <= $3
       ORDER BY q.conversation_id, q.seq, a.username`,
      [messages.map(({ conversationId }) => conversationId), messages.map(({ seq }) => seq), LIMITS.receiptMembers],
    );
    return byMessage(rows);
  }

  /** One row per kind that moved; a concurrent equal mark is folded by the key. Receipts of large groups are not kept. */
  private insert(manager: EntityManager, { conversationId, reader, marks, at }: NewMarks): Promise<MarkedRow[]> {
    return manager.query<MarkedRow[]>(
      `WITH given AS (
         SELECT t.kind, t.up_to_seq, coalesce((SELECT max(r.up_to_seq) FROM receipts r
           WHERE r.conversation_id = $1 AND r.account_id = $2 AND r.kind = t.kind), 0) AS previous
         FROM unnest($3::text[], $4::bigint[]) AS t (kind, up_to_seq)
       ), added AS (
         INSERT INTO receipts (conversation_id, account_id, kind, up_to_seq, at)
         SELECT $1, $2, kind, up_to_seq, $5 FROM given
         WHERE up_to_seq > previous
           AND (SELECT count(*) FROM members c WHERE c.conversation_id = $1 AND c.left_seq IS NULL) <= $6
         ON CONFLICT DO NOTHING RETURNING kind
       )
       SELECT given.* FROM given JOIN added USING (kind)`,
      [conversationId, reader, Object.keys(marks), Object.values(marks), at, LIMITS.receiptMembers],
    );
  }

  private async coveredSenders(
    manager: EntityManager,
    marks: NewMarks,
    recorded: readonly MarkedRow[],
  ): Promise<AccountId[]> {
    const after = Math.min(...recorded.map(({ previous }) => Number(previous)));
    const upTo = Math.max(...recorded.map((row) => Number(row.up_to_seq)));
    const rows = await manager.query<{ sender: AccountId }[]>(
      `SELECT m.account_id AS sender FROM members m
       WHERE m.conversation_id = $1 AND m.left_seq IS NULL AND m.state = 'joined' AND m.account_id <> $2
         AND EXISTS (SELECT 1 FROM entries e WHERE e.conversation_id = $1 AND e.seq > $3 AND e.seq <= $4 AND e.sender_account = m.account_id)`,
      [marks.conversationId, marks.reader, after, upTo],
    );
    return rows.map(({ sender }) => sender);
  }
}

function byMessage(rows: readonly ReceiptRow[]): Map<string, MemberReceipt[]> {
  const receipts = new Map<string, MemberReceipt[]>();
  for (const row of rows) {
    const key = messageKey(row.conversation_id, Number(row.seq));
    const list = receipts.get(key) ?? [];
    list.push({
      accountId: row.account_id,
      username: row.username,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
    });
    receipts.set(key, list);
  }
  return receipts;
}

export function messageKey(conversationId: ConversationId, seq: Seq): string {
  return `${conversationId}/${String(seq)}`;
}
