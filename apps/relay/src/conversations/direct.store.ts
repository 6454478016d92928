import { Injectable } from '@nestjs/common';
import { type AccountId, CONVERSATION_PROTOCOLS, type ConversationId, type ConversationProtocol } from '#protocol';
import type { EntityManager } from 'typeorm';
import { ChangesStore } from '../changes/index.js';
import type { EntrySender } from '../entries/index.js';
import { type ContactDecision, ContactsStore } from '../people/index.js';
import { Database } from '../platform/database/database.js';
import { NOTHING_HAPPENED, type Outcome, type Person } from './conversation.js';
import { BlockedByYou } from './conversations.errors.js';
import { directConversationId } from './direct-id.js';
import { candidatesFrom, reopening, type Roster, type RosterChange } from './membership-rules.js';
import { PlacesStore } from './places.store.js';
import { type AppendedChange, RosterLogStore } from './roster-log.store.js';
import { RosterStore } from './roster.store.js';

interface Opening {
  readonly caller: EntrySender;
  readonly peer: Pick<Person, 'accountId' | 'username'>;
  readonly protocol: ConversationProtocol;
  readonly at: Date;
}

interface Applied {
  readonly opening: Opening;
  readonly roster: Roster;
  readonly change: RosterChange;
  readonly created: boolean;
}

/** What opening a direct conversation came to. */
export interface Opened {
  readonly conversationId: ConversationId;
  /** False when it was there before, open or not. */
  readonly created: boolean;
  readonly outcome: Outcome;
}

/** Direct conversations: one for each two accounts. */
@Injectable()
export class DirectStore {
  constructor(
    private readonly database: Database,
    private readonly rosters: RosterStore,
    private readonly rosterLog: RosterLogStore,
    private readonly places: PlacesStore,
    private readonly contacts: ContactsStore,
    private readonly changes: ChangesStore,
  ) {}

  /** The direct conversation of two accounts, if `caller` has joined it and `peer` is at least invited: the common case. */
  async findOpen(
    protocol: ConversationProtocol,
    caller: AccountId,
    peer: AccountId,
  ): Promise<ConversationId | undefined> {
    const id = directConversationId(protocol, caller, peer);
    const rows = await this.database.query<unknown[]>(
      `SELECT 1 FROM members mine JOIN members theirs ON theirs.conversation_id = mine.conversation_id
       WHERE mine.conversation_id = $1 AND mine.account_id = $2 AND mine.left_seq IS NULL AND mine.state = 'joined'
         AND theirs.account_id = $3 AND theirs.left_seq IS NULL`,
      [id, caller, peer],
    );
    return rows.length > 0 ? id : undefined;
  }

  /**
   * Finds, creates or reopens the direct conversation, and makes the other one a contact of the caller.
   * @throws {NotFound} when the other one refuses. @throws {BlockedByYou}
   */
  async open(opening: Opening): Promise<Opened> {
    const { caller, peer, at } = opening;
    return this.database.transaction(async (manager) => {
      const admissions = await this.contacts.admissions(manager, caller.accountId, [peer.accountId]);
      if (await this.contacts.isBlocked(manager, caller.accountId, peer.accountId)) throw new BlockedByYou();
      const { roster, created } = await this.lockOrCreate(manager, opening);
      const befriended = await this.contacts.accept(manager, { owner: caller.accountId, peer: peer.accountId, at });
      const both = candidatesFrom([caller, peer], admissions.set(caller.accountId, 'joined'));
      const change = reopening(roster, caller.accountId, both);
      const outcome =
        change === undefined ? NOTHING_HAPPENED : await this.apply(manager, { opening, roster, change, created });
      const changes = befriended
        ? await this.changes.note(manager, [caller.accountId], 'contacts', peer.accountId)
        : [];
      return {
        conversationId: roster.head.id,
        created,
        outcome: { ...outcome, changes: [...outcome.changes, ...changes] },
      };
    });
  }

  /** Ends both stays because of a block, in each conversation of the two. To repeat it changes nothing. */
  async endWithin(manager: EntityManager, { owner, peer, at }: ContactDecision): Promise<Outcome[]> {
    const ids = CONVERSATION_PROTOCOLS.map((protocol) => directConversationId(protocol, owner, peer)).sort();
    const rosters: Roster[] = [];
    for (const id of ids) {
      const roster = await this.rosters.lock(manager, id);
      if (roster !== undefined && roster.members.length > 0) rosters.push(roster);
    }
    const username = await this.usernameOf(manager, owner);
    const sender = { accountId: owner, username, deviceId: null };
    const ended: AppendedChange[] = [];
    for (const roster of rosters)
      ended.push(await this.rosterLog.append(manager, { roster, change: { removed: roster.members }, sender, at }));
    const outcomes: Outcome[] = [];
    for (const { entry, readers, concerned } of ended) {
      const changes = await this.changes.note(manager, concerned, 'conversation', entry.conversationId);
      outcomes.push({ entries: [entry], recipients: readers, changes });
    }
    return outcomes;
  }

  private async lockOrCreate(
    manager: EntityManager,
    { caller, peer, protocol, at }: Opening,
  ): Promise<{ roster: Roster; created: boolean }> {
    const id = directConversationId(protocol, caller.accountId, peer.accountId);
    const inserted = await manager.query<unknown[]>(
      `INSERT INTO conversations (id, kind, protocol, created_at) VALUES ($1, 'direct', $2, $3)
       ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id, protocol, at],
    );
    const roster = await this.rosters.lock(manager, id);
    if (roster === undefined) throw new Error('a conversation vanished: they are never deleted');
    return { roster, created: inserted.length > 0 };
  }

  /** A new conversation begins with an empty log: both have been in it from the start. Later stays begin with an entry. */
  private async apply(manager: EntityManager, { opening, roster, change, created }: Applied): Promise<Outcome> {
    const { caller, peer, at } = opening;
    const added = change.added ?? [];
    const joining = added.map(({ accountId }) => accountId);
    await this.places.reserve(manager, joining, [caller.accountId, peer.accountId]);
    if (created) {
      await this.rosterLog.begin(manager, roster.head.id, { members: added, seq: 1 });
      return {
        entries: [],
        recipients: [],
        changes: await this.changes.note(manager, joining, 'conversation', roster.head.id),
      };
    }
    const { entry, readers, concerned } = await this.rosterLog.append(manager, { roster, change, sender: caller, at });
    const changes = await this.changes.note(manager, concerned, 'conversation', roster.head.id);
    return { entries: [entry], recipients: readers, changes };
  }

  private async usernameOf(manager: EntityManager, accountId: AccountId): Promise<string> {
    const [account] = await manager.query<{ username: string }[]>('SELECT username FROM accounts WHERE id = $1', [
      accountId,
    ]);
    return account?.username ?? '';
  }
}
