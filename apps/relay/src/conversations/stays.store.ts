import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId } from '#protocol';
import { Database } from '../platform/database/database.js';

/** An open stay, and the name its account has there. */
interface OpenStay {
  readonly conversationId: ConversationId;
  readonly username: string;
}

/** In which conversations accounts are, and were. */
@Injectable()
export class StaysStore {
  constructor(private readonly database: Database) {}

  /** Whether an account is or was in a conversation, if only invited. */
  async hasAny(accountId: AccountId, conversationId: ConversationId): Promise<boolean> {
    const rows = await this.database.query<unknown>(
      'SELECT 1 FROM members WHERE conversation_id = $1 AND account_id = $2 LIMIT 1',
      [conversationId, accountId],
    );
    return rows.length > 0;
  }

  /** Where an account is in or invited to, in id order. */
  async openOf(accountId: AccountId): Promise<OpenStay[]> {
    const rows = await this.database.query<{ conversation_id: ConversationId; username: string }>(
      `SELECT m.conversation_id, a.username FROM members m JOIN accounts a ON a.id = m.account_id
       WHERE m.account_id = $1 AND m.left_seq IS NULL ORDER BY m.conversation_id`,
      [accountId],
    );
    return rows.map(({ conversation_id: conversationId, username }) => ({ conversationId, username }));
  }
}
