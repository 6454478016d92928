import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, MemberState, Seq } from '#protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { ReadableConversation, Stay } from './conversation.js';

interface StayRow {
  readonly joined_seq: string;
  readonly left_seq: string | null;
  readonly state: MemberState;
}

interface ReadableRow {
  readonly conversation_id: ConversationId;
  readonly head_seq: string;
  readonly stays: readonly Stay[];
}

/**
 * For one account's rows of one conversation, grouped: the stays it may read. An invitation opens nothing until it is
 * accepted, and one that was declined never will.
 */
export const READABLE_STAYS = `coalesce(
  json_agg(json_build_object('from', m.joined_seq, 'to', m.left_seq, 'state', m.state) ORDER BY m.joined_seq)
    FILTER (WHERE m.state = 'joined'), '[]')`;

/** Likewise: the last entry it may read, which for an ex-member is the one that ended its last stay. */
export const HEAD_SEQ = `CASE WHEN bool_or(m.left_seq IS NULL AND m.state = 'joined') THEN c.last_seq
  ELSE coalesce(max(m.left_seq) FILTER (WHERE m.state = 'joined'), 0) END`;

/** From when to when accounts were in conversations, and so what they may read. */
@Injectable()
export class StaysStore {
  constructor(private readonly database: Database) {}

  /** Every stay of an account in a conversation, oldest first, invitations included: those open nothing to read. */
  async staysOf(accountId: AccountId, conversationId: ConversationId, manager?: EntityManager): Promise<Stay[]> {
    const rows = await (manager ?? this.database.manager).query<StayRow[]>(
      'SELECT joined_seq, left_seq, state FROM members WHERE conversation_id = $1 AND account_id = $2 ORDER BY joined_seq',
      [conversationId, accountId],
    );
    return rows.map(({ joined_seq: from, left_seq: to, state }) => ({ from: Number(from), to: seqOrNull(to), state }));
  }

  /** Every conversation of which the account may read something, also those it left. Pass a manager to read in its snapshot. */
  async mine(accountId: AccountId, manager?: EntityManager): Promise<ReadableConversation[]> {
    const rows = await (manager ?? this.database.manager).query<ReadableRow[]>(
      `SELECT m.conversation_id, ${HEAD_SEQ} AS head_seq, ${READABLE_STAYS} AS stays
       FROM members m JOIN conversations c ON c.id = m.conversation_id
       WHERE m.account_id = $1 GROUP BY m.conversation_id, c.last_seq
       HAVING bool_or(m.state = 'joined') ORDER BY m.conversation_id`,
      [accountId],
    );
    return rows.map((row) => ({
      conversationId: row.conversation_id,
      headSeq: Number(row.head_seq),
      stays: row.stays,
    }));
  }

  /** The conversations an account is in or invited to, in id order, each with the name the account has there. */
  async openOf(
    accountId: AccountId,
  ): Promise<{ readonly conversationId: ConversationId; readonly username: string }[]> {
    const rows = await this.database.query<{ conversation_id: ConversationId; username: string }>(
      `SELECT m.conversation_id, a.username FROM members m JOIN accounts a ON a.id = m.account_id
       WHERE m.account_id = $1 AND m.left_seq IS NULL ORDER BY m.conversation_id`,
      [accountId],
    );
    return rows.map(({ conversation_id: conversationId, username }) => ({ conversationId, username }));
  }
}

function seqOrNull(seq: string | null): Seq | null {
  return seq === null ? null : Number(seq);
}
