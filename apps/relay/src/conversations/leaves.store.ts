import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, DeviceId } from '#protocol';
import type { EntityManager } from 'typeorm';
import type { Leaf } from './conversation.js';

interface LeafRow {
  readonly leaf: number;
  readonly account_id: AccountId;
  readonly device_id: DeviceId;
}

interface StandingRow extends LeafRow {
  readonly is_member: boolean;
}

/** The leaves of a group. */
interface Standing {
  readonly leaves: readonly Leaf[];
  /** Those that have to go before anybody sends again: their device was revoked, or their account is not in the conversation. */
  readonly due: readonly Leaf[];
}

/** What a commit makes of the leaves. */
export interface LeavesChange {
  /** Indexes. */
  readonly removed: readonly number[];
  readonly added: readonly Leaf[];
}

/**
 * Which devices are in the MLS groups of conversations. To be changed under the conversation's row lock only. Leaves stand with their
 * conversation, devices do not where logs are spread over several servers: so no statement joins them, or waits for the locks of two conversations.
 */
@Injectable()
export class LeavesStore {
  async of(manager: EntityManager, conversationId: ConversationId): Promise<Leaf[]> {
    const rows = await manager.query<LeafRow[]>(
      'SELECT leaf, account_id, device_id FROM mls_leaves WHERE conversation_id = $1 ORDER BY leaf',
      [conversationId],
    );
    return rows.map(toLeaf);
  }

  async standing(manager: EntityManager, conversationId: ConversationId): Promise<Standing> {
    const rows = await manager.query<StandingRow[]>(
      `SELECT l.leaf, l.account_id, l.device_id, EXISTS (
         SELECT FROM members m WHERE m.conversation_id = $1 AND m.account_id = l.account_id AND m.left_seq IS NULL
       ) AS is_member
       FROM mls_leaves l WHERE l.conversation_id = $1 ORDER BY l.leaf`,
      [conversationId],
    );
    const revoked = await revokedOf(manager, rows);
    const isDue = (row: StandingRow): boolean => !row.is_member || revoked.has(row.device_id);
    return { leaves: rows.map(toLeaf), due: rows.filter(isDue).map(toLeaf) };
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
    const { due } = await this.standing(manager, conversationId);
    await manager.query(`UPDATE conversations SET removal_pending = $2 WHERE id = $1 AND protocol = 'mls'`, [
      conversationId,
      due.length > 0,
    ]);
  }

  /** The conversations in whose groups a device is, in the order in which all lock them. */
  async conversationsWith(manager: EntityManager, deviceId: DeviceId): Promise<ConversationId[]> {
    const rows = await manager.query<{ conversation_id: ConversationId }[]>(
      'SELECT conversation_id FROM mls_leaves WHERE device_id = $1 ORDER BY conversation_id',
      [deviceId],
    );
    return rows.map(({ conversation_id: conversationId }) => conversationId);
  }

  async lock(manager: EntityManager, conversationIds: readonly ConversationId[]): Promise<void> {
    for (const id of conversationIds)
      await manager.query('SELECT FROM conversations WHERE id = $1 FOR NO KEY UPDATE', [id]);
  }

  /** Shuts conversations, of each of which a leaf is due now. */
  async shut(manager: EntityManager, conversationIds: readonly ConversationId[]): Promise<void> {
    await manager.query('UPDATE conversations SET removal_pending = true WHERE id = ANY ($1)', [[...conversationIds]]);
  }
}

async function revokedOf(manager: EntityManager, leaves: readonly LeafRow[]): Promise<Set<DeviceId>> {
  if (leaves.length === 0) return new Set();
  const rows = await manager.query<{ id: DeviceId }[]>(
    'SELECT id FROM devices WHERE id = ANY ($1) AND revoked_at IS NOT NULL',
    [leaves.map(({ device_id: deviceId }) => deviceId)],
  );
  return new Set(rows.map(({ id }) => id));
}

function toLeaf({ leaf, account_id: accountId, device_id: deviceId }: LeafRow): Leaf {
  return { leaf, accountId, deviceId };
}
