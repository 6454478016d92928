import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, EntryId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { ChangesStore } from '../changes/index.js';
import { type EntrySender, IdReused, LogStore } from '../entries/index.js';
import { ContactsStore } from '../people/index.js';
import { Database } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import { NOTHING_HAPPENED, type Outcome, type Person, type Placed } from './conversation.js';
import { type Candidate, candidatesFrom, memberOf, type Roster, type RosterChange } from './membership-rules.js';
import { PlacesStore } from './places.store.js';
import { RosterLogStore } from './roster-log.store.js';
import { RosterStore } from './roster.store.js';

/** Who wants to change the members of which conversation. */
export interface MembershipRequest {
  readonly conversationId: ConversationId;
  readonly sender: EntrySender;
  /** The client's idempotency key: the same request again finds the entry of the first. */
  readonly id?: EntryId | undefined;
  readonly at: Date;
}

type Decision = (roster: Roster) => RosterChange | undefined;
type Addition = (roster: Roster, candidates: readonly Candidate[]) => RosterChange;

/** Changes members, each time in one transaction under the conversation's row lock. */
@Injectable()
export class MembershipStore {
  constructor(
    private readonly database: Database,
    private readonly rosters: RosterStore,
    private readonly rosterLog: RosterLogStore,
    private readonly log: LogStore,
    private readonly places: PlacesStore,
    private readonly contacts: ContactsStore,
    private readonly changes: ChangesStore,
  ) {}

  /** What `decide` says of the roster as it stands under the lock. @throws {NotFound} when there is no such conversation. */
  async change(request: MembershipRequest, decide: Decision): Promise<Placed> {
    return this.database.transaction((manager) => this.changeWithin(manager, request, decide));
  }

  /** Adds people, as far as their privacy and everybody's quotas allow. */
  async add(request: MembershipRequest, people: readonly Person[], decide: Addition): Promise<Placed> {
    return this.database.transaction(async (manager) => {
      const ids = people.map(({ accountId }) => accountId);
      const admissions = await this.contacts.admissions(manager, request.sender.accountId, ids);
      const roster = await this.lock(manager, request.conversationId);
      const repeated = await this.repeated(manager, roster, request);
      if (repeated !== undefined) return repeated;
      const change = decide(roster, candidatesFrom(people, admissions));
      await this.places.reserve(manager, ids);
      return this.apply(manager, { roster, change, request });
    });
  }

  /** Accepts an invitation; for a direct conversation this makes the other one a contact. */
  async accept(request: MembershipRequest, decide: Decision): Promise<Placed> {
    return this.database.transaction(async (manager) => {
      const roster = await this.lock(manager, request.conversationId);
      const change = decide(roster);
      if (change === undefined) return { seq: null, outcome: NOTHING_HAPPENED };
      const contact = roster.head.kind === 'direct' ? await this.befriend(manager, roster, request) : undefined;
      const { seq, outcome } = await this.apply(manager, { roster, change, request });
      if (contact === undefined) return { seq, outcome };
      const changes = await this.changes.note(manager, [request.sender.accountId], 'contacts', contact);
      return { seq, outcome: { ...outcome, changes: [...outcome.changes, ...changes] } };
    });
  }

  /** The other one of a direct conversation, if this makes them a contact of the caller. */
  private async befriend(
    manager: EntityManager,
    roster: Roster,
    { sender, at }: MembershipRequest,
  ): Promise<AccountId | undefined> {
    const peer = roster.members.find(({ accountId }) => accountId !== sender.accountId)?.accountId;
    if (peer === undefined) return undefined;
    return (await this.contacts.accept(manager, { owner: sender.accountId, peer, at })) ? peer : undefined;
  }

  private async changeWithin(manager: EntityManager, request: MembershipRequest, decide: Decision): Promise<Placed> {
    const roster = await this.lock(manager, request.conversationId);
    const repeated = await this.repeated(manager, roster, request);
    if (repeated !== undefined) return repeated;
    const change = decide(roster);
    if (change === undefined) return { seq: null, outcome: NOTHING_HAPPENED };
    return this.apply(manager, { roster, change, request });
  }

  private async lock(manager: EntityManager, conversationId: ConversationId): Promise<Roster> {
    const roster = await this.rosters.lock(manager, conversationId);
    if (roster === undefined) throw new NotFound('conversation');
    return roster;
  }

  /** Repeats are recognised before membership is judged: the first request may have been the one that ended it. */
  private async repeated(
    manager: EntityManager,
    roster: Roster,
    { conversationId, sender, id }: MembershipRequest,
  ): Promise<Placed | undefined> {
    if (id === undefined) return undefined;
    const known = await this.log.known(manager, conversationId, id);
    if (known === undefined) return undefined;
    if (known.senderId === sender.accountId) return { seq: known.seq, outcome: NOTHING_HAPPENED };
    memberOf(roster, sender.accountId);
    throw new IdReused();
  }

  private async apply(
    manager: EntityManager,
    { roster, change, request }: { roster: Roster; change: RosterChange; request: MembershipRequest },
  ): Promise<Placed> {
    const { sender, id, at } = request;
    const { entry, readers, concerned } = await this.rosterLog.append(manager, { roster, change, sender, id, at });
    const changes = await this.changes.note(manager, concerned, 'conversation', roster.head.id);
    const outcome: Outcome = { entries: [entry], recipients: readers, changes };
    return { seq: entry.seq, outcome };
  }
}
