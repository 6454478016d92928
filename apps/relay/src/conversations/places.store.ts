import { Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { NotFound } from '../platform/errors/refusal.js';
import { Quotas } from '../platform/limits/quotas.js';
import { TooManyConversations } from './conversations.errors.js';

/** Room for one more conversation in each account's quota. */
@Injectable()
export class PlacesStore {
  constructor(private readonly quotas: Quotas) {}

  /**
   * Locks the accounts, so that none of them is deleted or fills its quota meanwhile. Locks are taken in id order, after
   * the conversation's and before any other account's: transactions that do so never wait for each other in a circle.
   * @throws {NotFound} when one was deleted, or one of `joining` is to be. @throws {TooManyConversations} when one of `joining` is in as many as it may.
   */
  async reserve(
    manager: EntityManager,
    joining: readonly AccountId[],
    others: readonly AccountId[] = [],
  ): Promise<void> {
    const accounts = [...new Set([...joining, ...others])];
    const alive = await manager.query<unknown[]>(
      `SELECT id FROM accounts WHERE id = ANY ($1) AND status = 'active' AND (deletion_due_at IS NULL OR NOT id = ANY ($2))
       ORDER BY id FOR NO KEY UPDATE`,
      [accounts, [...joining]],
    );
    if (alive.length < accounts.length) throw new NotFound('user');
    const full = await manager.query<unknown[]>(
      `SELECT account_id FROM members WHERE account_id = ANY ($1) AND left_seq IS NULL
       GROUP BY account_id HAVING count(*) >= $2 LIMIT 1`,
      [[...joining], this.quotas.of('conversationsPerAccount')],
    );
    if (full.length > 0) throw new TooManyConversations();
  }
}
