import { Injectable } from '@nestjs/common';
import type { ConversationId, DeviceId, EntryId } from '#protocol';
import type { EntityManager } from 'typeorm';
import type { Leaf } from '../conversations/index.js';
import { IdReused } from '../entries/index.js';
import { Database } from '../platform/database/database.js';
import type { Welcome, WelcomeNotice } from './welcome.js';

interface NewWelcome {
  readonly notice: WelcomeNotice;
  readonly body: Buffer;
  readonly recipients: readonly Leaf[];
  readonly at: Date;
}

interface WelcomeRow {
  readonly id: EntryId;
  readonly conversation_id: ConversationId;
  readonly seq: string;
  readonly generation: number;
  readonly epoch: string;
  readonly body: Buffer;
}

/** Of a device ($1) in a conversation that its account has joined: who is only invited sees nothing yet. */
const WAITING = `welcome_recipients r JOIN welcomes w ON w.id = r.welcome_id
  WHERE r.device_id = $1 AND EXISTS (
    SELECT FROM members m WHERE m.conversation_id = w.conversation_id AND m.account_id = r.account_id
      AND m.left_seq IS NULL AND m.state = 'joined'
  )`;

/** Welcomes, until the devices they are for have dealt with them. */
@Injectable()
export class WelcomesStore {
  constructor(private readonly database: Database) {}

  /** @throws {IdReused} when a welcome of another conversation has the id: here they are known by it alone. */
  async add(manager: EntityManager, { notice, body, recipients, at }: NewWelcome): Promise<void> {
    const { id, conversationId, seq, generation, epoch } = notice;
    const added = await manager.query<unknown[]>(
      `INSERT INTO welcomes (id, conversation_id, seq, generation, epoch, body, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id, conversationId, seq, generation, epoch, body, at],
    );
    if (added.length === 0) throw new IdReused();
    await manager.query(
      `INSERT INTO welcome_recipients (device_id, welcome_id, account_id)
       SELECT device, $1, account FROM unnest($2::uuid[], $3::uuid[]) AS t (device, account)`,
      [id, recipients.map(({ deviceId }) => deviceId), recipients.map(({ accountId }) => accountId)],
    );
  }

  /** Those that wait for a device, oldest first, without what they say. */
  async waiting(manager: EntityManager, deviceId: DeviceId, limit: number): Promise<WelcomeNotice[]> {
    const rows = await manager.query<Omit<WelcomeRow, 'body'>[]>(
      `SELECT w.id, w.conversation_id, w.seq, w.generation, w.epoch FROM ${WAITING} ORDER BY w.id LIMIT $2`,
      [deviceId, limit],
    );
    return rows.map(toNotice);
  }

  /** Those that wait for a device, by ascending id, after one. */
  async page(deviceId: DeviceId, page: { after: EntryId | undefined; limit: number }): Promise<Welcome[]> {
    const rows = await this.database.query<WelcomeRow>(
      `SELECT w.* FROM ${WAITING} AND ($2::uuid IS NULL OR w.id > $2) ORDER BY w.id LIMIT $3`,
      [deviceId, page.after ?? null, page.limit],
    );
    return rows.map((row) => ({ ...toNotice(row), body: row.body }));
  }

  /** Forgets it for one device, and altogether with its last. @returns whether it waited for the device. */
  async remove(deviceId: DeviceId, id: EntryId): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      // The row of the welcome first, so that two last devices at once do not each see the other's.
      await manager.query('SELECT 1 FROM welcomes WHERE id = $1 FOR UPDATE', [id]);
      const rows = await manager.query<unknown[]>(
        `WITH gone AS (DELETE FROM welcome_recipients WHERE device_id = $1 AND welcome_id = $2 RETURNING welcome_id)
         SELECT welcome_id FROM gone`,
        [deviceId, id],
      );
      await this.removeSpent(manager, [id]);
      return rows.length > 0;
    });
  }

  /** Takes welcomes back: of devices whose leaves are gone, or all of a group that is no more. */
  async withdraw(
    manager: EntityManager,
    conversationId: ConversationId,
    { devices, all }: { devices: readonly Leaf[]; all: boolean },
  ): Promise<void> {
    const welcomes = await manager.query<{ id: EntryId }[]>(
      'SELECT id FROM welcomes WHERE conversation_id = $1 ORDER BY id FOR UPDATE',
      [conversationId],
    );
    const ids = welcomes.map(({ id }) => id);
    if (ids.length === 0) return;
    await manager.query('DELETE FROM welcome_recipients WHERE welcome_id = ANY ($1) AND ($2 OR device_id = ANY ($3))', [
      ids,
      all,
      devices.map(({ deviceId }) => deviceId),
    ]);
    await this.removeSpent(manager, ids);
  }

  private async removeSpent(manager: EntityManager, ids: readonly EntryId[]): Promise<void> {
    await manager.query(
      `DELETE FROM welcomes w WHERE w.id = ANY ($1)
         AND NOT EXISTS (SELECT FROM welcome_recipients r WHERE r.welcome_id = w.id)`,
      [[...ids]],
    );
  }
}

function toNotice(row: Omit<WelcomeRow, 'body'>): WelcomeNotice {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: Number(row.seq),
    generation: row.generation,
    epoch: Number(row.epoch),
  };
}
