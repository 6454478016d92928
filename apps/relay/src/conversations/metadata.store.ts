import { Injectable } from '@nestjs/common';
import type { ConversationId, EntryId, Seq } from '#protocol';
import type { EntityManager } from 'typeorm';
import { type Entry, type EntrySender, IdReused, LogStore } from '../entries/index.js';
import { Database } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import { NOTHING_HAPPENED, type Outcome } from './conversation.js';
import type { Roster } from './membership-rules.js';
import { RosterStore } from './roster.store.js';

interface Naming {
  readonly conversationId: ConversationId;
  /** The client's idempotency key. */
  readonly id?: EntryId;
  readonly sender: EntrySender;
  readonly metadata: Buffer;
  readonly at: Date;
}

/** The client-encrypted metadata (title, avatar) of conversations: each change is an entry, the newest one counts. */
@Injectable()
export class MetadataStore {
  constructor(
    private readonly database: Database,
    private readonly rosters: RosterStore,
    private readonly log: LogStore,
  ) {}

  /** Sets metadata if `assertAllowed` lets the roster under the lock pass; the same id again is the same change. */
  async set(
    naming: Naming & { readonly id: EntryId },
    assertAllowed: (roster: Roster) => void,
  ): Promise<{ seq: Seq; outcome: Outcome }> {
    return this.database.transaction(async (manager) => {
      const roster = await this.rosters.lock(manager, naming.conversationId);
      if (roster === undefined) throw new NotFound('conversation');
      const known = await this.log.known(manager, naming.conversationId, naming.id);
      if (known?.senderId === naming.sender.accountId) return { seq: known.seq, outcome: NOTHING_HAPPENED };
      assertAllowed(roster);
      if (known !== undefined) throw new IdReused();
      const entry = await this.append(manager, naming);
      const recipients = roster.members.filter(({ state }) => state === 'joined').map(({ accountId }) => accountId);
      return { seq: entry.seq, outcome: { entries: [entry], recipients, changes: [] } };
    });
  }

  /** Appends to a conversation that is locked. */
  async append(manager: EntityManager, { conversationId, id, sender, metadata, at }: Naming): Promise<Entry> {
    const entry = await this.log.appendWithin(manager, {
      conversationId,
      kind: 'metadata',
      id,
      sender,
      body: metadata,
      at,
    });
    await manager.query('UPDATE conversations SET metadata_seq = $2 WHERE id = $1', [conversationId, entry.seq]);
    return entry;
  }
}
