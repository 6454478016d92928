import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, DeviceId, EntryId } from '#protocol';
import { Database } from '../platform/database/database.js';
import type { Witnessed } from './evidence.js';

/** Who reports what of whom. */
interface Question {
  readonly reporterId: AccountId;
  readonly conversationId: ConversationId;
  readonly at: Date;
}

interface WitnessedRow {
  readonly id: EntryId;
  readonly sender_account: AccountId | null;
  readonly sender_device: DeviceId | null;
  readonly body: Buffer | null;
  readonly created_at: Date;
  readonly is_visible: boolean;
}

/** A stay ($1 the account, $2 the conversation) during which a log could be read. */
const STAYS = `FROM members m WHERE m.account_id = $1 AND m.conversation_id = $2 AND m.state = 'joined'`;

/** What the relay itself knows of what is reported. */
@Injectable()
export class EvidenceStore {
  constructor(private readonly database: Database) {}

  /** Which of the accounts are or were in a conversation, if only invited. */
  async everIn(conversationId: ConversationId, accounts: readonly AccountId[]): Promise<Set<AccountId>> {
    const rows = await this.database.query<{ account_id: AccountId }>(
      'SELECT DISTINCT account_id FROM members WHERE conversation_id = $1 AND account_id = ANY ($2)',
      [conversationId, [...accounts]],
    );
    return new Set(rows.map((row) => row.account_id));
  }

  /** Messages as they stand in the log; those that are forgotten, or never were, are missing. */
  async messages({ reporterId, conversationId, at }: Question, ids: readonly EntryId[]): Promise<Map<EntryId, Witnessed>> {
    const rows = await this.database.query<WitnessedRow>(
      `SELECT e.id, e.sender_account, e.sender_device, e.created_at,
              CASE WHEN e.expires_at <= $4 THEN NULL ELSE e.body END AS body,
              EXISTS (SELECT 1 ${STAYS} AND e.seq BETWEEN m.joined_seq AND coalesce(m.left_seq, e.seq)) AS is_visible
       FROM entries e WHERE e.conversation_id = $2 AND e.id = ANY ($3) AND e.kind = 0`,
      [reporterId, conversationId, [...ids], at],
    );
    return new Map(rows.map((row) => [row.id, toWitnessed(row)]));
  }

  /** Whether anything of what somebody could read in a log is erased. */
  async isErasedInPart({ reporterId, conversationId }: Question): Promise<boolean> {
    const rows = await this.database.query<unknown>(
      `SELECT 1 FROM gaps g WHERE g.conversation_id = $2 AND EXISTS (
         SELECT 1 ${STAYS} AND g.to_seq >= m.joined_seq AND g.from_seq <= coalesce(m.left_seq, g.from_seq)
       ) LIMIT 1`,
      [reporterId, conversationId],
    );
    return rows.length > 0;
  }
}

function toWitnessed({ sender_account, sender_device, body, created_at, is_visible }: WitnessedRow): Witnessed {
  return { senderId: sender_account, senderDeviceId: sender_device, body, sentAt: created_at, isVisible: is_visible };
}
