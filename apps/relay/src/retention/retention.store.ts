import { Injectable } from '@nestjs/common';
import type { ConversationId, Retention } from '#protocol';
import type { EntityManager } from 'typeorm';
import { NOTHING_HAPPENED, type Placed, type Roster, RosterStore } from '../conversations/index.js';
import { type EntrySender, IdReused, LogStore } from '../entries/index.js';
import { Database } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { NewRetention } from './retention.js';

interface Agreement extends NewRetention {
  readonly conversationId: ConversationId;
  readonly sender: EntrySender;
  readonly at: Date;
}

/** What members agree on: each change is an entry, the newest one counts. */
@Injectable()
export class RetentionStore {
  constructor(
    private readonly database: Database,
    private readonly rosters: RosterStore,
    private readonly log: LogStore,
  ) {}

  /** Sets it if `assertAllowed` lets the roster under the lock pass; the same id again is the same change. */
  async set(agreement: Agreement, assertAllowed: (roster: Roster) => void): Promise<Placed> {
    const { conversationId, id, sender, retention, at } = agreement;
    return this.database.transaction(async (manager) => {
      const roster = await this.rosters.lock(manager, conversationId);
      if (roster === undefined) throw new NotFound('conversation');
      const known = await this.log.known(manager, conversationId, id);
      if (known?.senderId === sender.accountId) return { seq: known.seq, outcome: NOTHING_HAPPENED };
      assertAllowed(roster);
      if (known !== undefined) throw new IdReused();
      if (!(await this.change(manager, conversationId, retention))) return { seq: null, outcome: NOTHING_HAPPENED };
      const body = Buffer.from(JSON.stringify(retention));
      const entry = await this.log.appendWithin(manager, { conversationId, kind: 'retention', id, sender, body, at });
      const recipients = roster.members.filter(({ state }) => state === 'joined').map(({ accountId }) => accountId);
      return { seq: entry.seq, outcome: { entries: [entry], recipients, changes: [] } };
    });
  }

  /** Whether it was another one before. */
  private async change(
    manager: EntityManager,
    conversationId: ConversationId,
    { expireAfter, afterDelivery }: Retention,
  ): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `WITH changed AS (
         UPDATE conversations SET expire_after_seconds = $2, erase_delivered = $3
         WHERE id = $1 AND (expire_after_seconds, erase_delivered) IS DISTINCT FROM ($2::integer, $3::boolean) RETURNING id
       ) SELECT id FROM changed`,
      [conversationId, expireAfter, afterDelivery],
    );
    return rows.length > 0;
  }
}
