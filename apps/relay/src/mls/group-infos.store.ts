import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, DeviceId, FramePlace, GroupPlace } from '#protocol';
import type { EntityManager } from 'typeorm';
import { LeavesStore, memberOf, RosterStore } from '../conversations/index.js';
import { StaleEpoch } from '../entries/index.js';
import { Database } from '../platform/database/database.js';
import { Forbidden, NotFound } from '../platform/errors/refusal.js';
import { InvalidCommit } from './mls.errors.js';

/** The GroupInfo of a conversation's group, and which epoch it is of. */
export interface StoredGroupInfo extends GroupPlace {
  readonly body: Buffer;
}

interface NewGroupInfo extends StoredGroupInfo {
  readonly conversationId: ConversationId;
}

interface Uploader {
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
}

/** What lets a device into a group by itself: the newest GroupInfo of each conversation. */
@Injectable()
export class GroupInfosStore {
  constructor(
    private readonly database: Database,
    private readonly rosters: RosterStore,
    private readonly leaves: LeavesStore,
  ) {}

  /** Undefined unless the reader is in the conversation, and it has a group. */
  async read(reader: AccountId, conversationId: ConversationId): Promise<StoredGroupInfo | undefined> {
    const [row] = await this.database.query<{ generation: number; epoch: string; body: Buffer }>(
      `SELECT g.generation, g.epoch, g.body FROM group_infos g
       WHERE g.conversation_id = $1 AND EXISTS (
         SELECT FROM members m WHERE m.conversation_id = $1 AND m.account_id = $2 AND m.left_seq IS NULL AND m.state = 'joined'
       )`,
      [conversationId, reader],
    );
    return row && { generation: row.generation, epoch: Number(row.epoch), body: row.body };
  }

  async replace(manager: EntityManager, { conversationId, generation, epoch, body }: NewGroupInfo): Promise<void> {
    await manager.query(
      `INSERT INTO group_infos AS g (conversation_id, generation, epoch, body) VALUES ($1, $2, $3, $4)
       ON CONFLICT (conversation_id) DO UPDATE
       SET generation = excluded.generation, epoch = excluded.epoch, body = excluded.body`,
      [conversationId, generation, epoch, body],
    );
  }

  /** Replaces one that nobody could use. @throws {NotFound} @throws {InvalidCommit} @throws {StaleEpoch} @throws {Forbidden} */
  async repair(
    uploader: Uploader,
    conversationId: ConversationId,
    groupInfo: FramePlace & StoredGroupInfo,
  ): Promise<void> {
    await this.database.transaction(async (manager) => {
      const roster = await this.rosters.lock(manager, conversationId);
      if (roster === undefined) throw new NotFound('conversation');
      memberOf(roster, uploader.accountId);
      if (groupInfo.conversationId !== conversationId)
        throw new InvalidCommit('The group info is of another conversation.');
      const { group } = roster.head;
      if (groupInfo.generation !== group.generation || groupInfo.epoch !== group.epoch) throw new StaleEpoch(group);
      const leaves = await this.leaves.of(manager, conversationId);
      if (!leaves.some(({ deviceId }) => deviceId === uploader.deviceId))
        throw new Forbidden('This device is not in the group.');
      await this.replace(manager, { ...groupInfo, conversationId });
    });
  }
}
