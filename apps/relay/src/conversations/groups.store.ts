import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, ConversationProtocol } from '#protocol';
import type { EntityManager } from 'typeorm';
import { ChangesStore } from '../changes/index.js';
import { type EntrySender, IdReused } from '../entries/index.js';
import { ContactsStore } from '../people/index.js';
import { Database } from '../platform/database/database.js';
import { NOTHING_HAPPENED, type Outcome, type Person } from './conversation.js';
import { candidatesFrom, founding } from './membership-rules.js';
import { MetadataStore } from './metadata.store.js';
import { PlacesStore } from './places.store.js';
import { RosterLogStore } from './roster-log.store.js';

interface Foundation {
  readonly id: ConversationId;
  readonly protocol: ConversationProtocol;
  readonly founder: EntrySender;
  readonly people: readonly Person[];
  readonly metadata: Buffer | undefined;
  /** Members, the founder included. */
  readonly atMost: number;
  readonly at: Date;
}

/** Makes groups, each id once. */
@Injectable()
export class GroupsStore {
  constructor(
    private readonly database: Database,
    private readonly rosterLog: RosterLogStore,
    private readonly metadata: MetadataStore,
    private readonly places: PlacesStore,
    private readonly contacts: ContactsStore,
    private readonly changes: ChangesStore,
  ) {}

  /** Whether this account made the group of this id before. @throws {IdReused} when the id is another conversation's. */
  async isMadeBy(id: ConversationId, founder: AccountId): Promise<boolean> {
    return this.wasMade(this.database.manager, id, founder);
  }

  /** Creates a group. The same id again by the same founder is not created again. */
  async create(foundation: Foundation): Promise<{ created: boolean; outcome: Outcome }> {
    return this.database.transaction(async (manager) => {
      const inserted = await manager.query<unknown[]>(
        `INSERT INTO conversations (id, kind, protocol, created_at) VALUES ($1, 'group', $2, $3)
         ON CONFLICT (id) DO NOTHING RETURNING id`,
        [foundation.id, foundation.protocol, foundation.at],
      );
      if (inserted.length > 0) return { created: true, outcome: await this.found(manager, foundation) };
      await this.wasMade(manager, foundation.id, foundation.founder.accountId);
      return { created: false, outcome: NOTHING_HAPPENED };
    });
  }

  private async found(manager: EntityManager, foundation: Foundation): Promise<Outcome> {
    const { id, protocol, founder, people, metadata, atMost, at } = foundation;
    const ids = people.map(({ accountId }) => accountId);
    const admissions = await this.contacts.admissions(manager, founder.accountId, ids);
    const owner = { accountId: founder.accountId, username: founder.username, role: 'owner', state: 'joined' } as const;
    const change = founding(owner, candidatesFrom(people, admissions), atMost);
    await this.places.reserve(manager, [founder.accountId, ...ids]);
    const group = { generation: 0, epoch: 0 };
    const roster = { head: { id, kind: 'group', protocol, lastSeq: 0, rosterSeq: 0, group }, members: [] } as const;
    const { entry, readers, concerned } = await this.rosterLog.append(manager, { roster, change, sender: founder, at });
    const named =
      metadata === undefined
        ? []
        : [await this.metadata.append(manager, { conversationId: id, sender: founder, metadata, at })];
    const changes = await this.changes.note(manager, concerned, 'conversation', id);
    return { entries: [entry, ...named], recipients: readers, changes };
  }

  private async wasMade(manager: EntityManager, id: ConversationId, founder: AccountId): Promise<boolean> {
    const [row] = await manager.query<{ founder: AccountId | null }[]>(
      `SELECT e.sender_account AS founder FROM conversations c
       LEFT JOIN entries e ON e.conversation_id = c.id AND e.seq = 1 AND c.kind = 'group'
       WHERE c.id = $1`,
      [id],
    );
    if (row === undefined) return false;
    if (row.founder !== founder) throw new IdReused();
    return true;
  }
}
