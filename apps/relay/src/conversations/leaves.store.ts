import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, DeviceId } from '#protocol';
import type { EntityManager } from 'typeorm';
import type { Leaf } from './conversation.js';

interface LeafRow {
  readonly leaf: number;
  readonly account_id: AccountId;
  readonly device_id: DeviceId;
}

/** What a commit makes of the leaves. */
export interface LeavesChange {
  /** Indexes. */
  readonly removed: readonly number[];
  readonly added: readonly Leaf[];
}

/** A leaf (`l`) whose device was revoked, or whose account is not in the conversation. */
const IS_DUE = `(
  EXISTS (SELECT FROM devices d WHERE d.id = l.device_id AND d.revoked_at IS NOT NULL)
  OR NOT EXISTS (
    SELECT FROM members m WHERE m.conversation_id = l.conversation_id AND m.account_id = l.account_id AND m.left_seq IS NULL
  )
)`;

/** Which devices are in the MLS groups of conversations. To be changed under the conversation's row lock only. */
@Injectable()
export class LeavesStore {
  async of(manager: EntityManager, conversationId: ConversationId): Promise<Leaf[]> {
    const rows = await manager.query<LeafRow[]>(
      'SELECT leaf, account_id, device_id FROM mls_leaves WHERE conversation_id = $1 ORDER BY leaf',
      [conversationId],
    );
    return rows.map(toLeaf);
  }

  /** Those that have to go before anybody sends again. */
  async due(manager: EntityManager, conversationId: ConversationId): Promise<Leaf[]> {
    const rows = await manager.query<LeafRow[]>(
      `SELECT leaf, account_id, device_id FROM mls_leaves l WHERE conversation_id = $1 AND ${IS_DUE} ORDER BY leaf`,
      [conversationId],
    );
    return rows.map(toLeaf);
  }

  async change(manager: EntityManager, conversationId: ConversationId, change: LeavesChange): Promise<void> {
    await manager.query('DELETE FROM mls_leaves WHERE conversation_id = $1 AND leaf = ANY ($2)', [
      conversationId,
      [...change.removed],
    ]);
    await manager.query(
      `INSERT INTO mls_leaves (conversation_id, leaf, account_id, device_id)
       SELECT $1, leaf, account, device FROM unnest($2::int[], $3::uuid[], $4::uuid[]) AS t (leaf, account, device)`,
      [
        conversationId,
        change.added.map(({ leaf }) => leaf),
        change.added.map(({ accountId }) => accountId),
        change.added.map(({ deviceId }) => deviceId),
      ],
    );
  }

  /** Shuts the conversation while a leaf is due, and opens it again when none is. */
  async settle(manager: EntityManager, conversationId: ConversationId): Promise<void> {
    await manager.query(
      `UPDATE conversations c
       SET removal_pending = EXISTS (SELECT FROM mls_leaves l WHERE l.conversation_id = c.id AND ${IS_DUE})
       WHERE c.id = $1 AND c.protocol = 'mls'`,
      [conversationId],
    );
  }

  /** Locks the conversations in whose groups a device is, in id order, as all do. */
  async lockAllWith(manager: EntityManager, deviceId: DeviceId): Promise<ConversationId[]> {
    const rows = await manager.query<{ id: ConversationId }[]>(
      `SELECT c.id FROM conversations c WHERE c.id IN (SELECT l.conversation_id FROM mls_leaves l WHERE l.device_id = $1)
       ORDER BY c.id FOR NO KEY UPDATE`,
      [deviceId],
    );
    return rows.map(({ id }) => id);
  }
}

function toLeaf({ leaf, account_id: accountId, device_id: deviceId }: LeafRow): Leaf {
  return { leaf, accountId, deviceId };
}
