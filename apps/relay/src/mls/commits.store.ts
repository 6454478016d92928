import { Injectable } from '@nestjs/common';
import { type AccountId, type ConversationId, type GroupPlace, readCommit, type Seq } from '#protocol';
import type { EntityManager } from 'typeorm';
import { AccountsStore } from '../accounts/index.js';
import { type Change, ChangesStore } from '../changes/index.js';
import {
  candidatesFrom,
  LeavesStore,
  memberOf,
  type Outcome,
  PlacesStore,
  type Roster,
  type RosterChange,
  RosterLogStore,
  RosterStore,
} from '../conversations/index.js';
import { DevicesStore } from '../devices/index.js';
import { IdReused, LogStore } from '../entries/index.js';
import { ContactsStore } from '../people/index.js';
import { Database } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { checkRemovals, checkRoster, checkWelcome, type LeavesPlan, planLeaves } from './commit-rules.js';
import { checkConversation, type Commit } from './commit.js';
import { GroupInfosStore } from './group-infos.store.js';
import { InvalidCommit } from './mls.errors.js';
import { rosterChange } from './roster-delta.js';
import type { SentWelcome } from './welcome.js';
import { WelcomesStore } from './welcomes.store.js';

interface Append {
  readonly commit: Commit;
  readonly caller: Caller;
  readonly at: Date;
  readonly quotas: { readonly members: number; readonly leaves: number };
}

/** Where a commit stands, and what came of it. */
export interface AppendedCommit {
  readonly seq: Seq;
  readonly place: GroupPlace;
  /** True when this id had its place before: nothing new was stored. */
  readonly duplicate: boolean;
  readonly outcomes: readonly Outcome[];
  readonly welcome: SentWelcome | undefined;
}

interface Judged {
  readonly roster: Roster;
  readonly plan: LeavesPlan;
  readonly change: RosterChange | undefined;
}

/**
 * Appends commits: exactly one of those that would begin the same epoch. Locks are taken in the order admissions,
 * conversation, accounts, devices, as by all who change members.
 */
@Injectable()
export class CommitsStore {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsStore,
    private readonly devices: DevicesStore,
    private readonly contacts: ContactsStore,
    private readonly rosters: RosterStore,
    private readonly rosterLog: RosterLogStore,
    private readonly places: PlacesStore,
    private readonly leaves: LeavesStore,
    private readonly log: LogStore,
    private readonly groupInfos: GroupInfosStore,
    private readonly welcomes: WelcomesStore,
    private readonly changes: ChangesStore,
  ) {}

  /** @throws {NotFound} @throws {IdReused} @throws {InvalidCommit} and whatever the rules of commits and rosters refuse. */
  async append(append: Append): Promise<AppendedCommit> {
    const { commit, caller } = append;
    return this.database.transaction(async (manager) => {
      const added = commit.delta.added as readonly AccountId[];
      const admissions = await this.contacts.admissions(manager, caller.accountId, added);
      const roster = await this.rosters.lock(manager, commit.conversationId);
      if (roster === undefined) throw new NotFound('conversation');
      const repeated = await this.repeated(manager, roster, append);
      if (repeated !== undefined) return repeated;
      memberOf(roster, caller.accountId);
      if (roster.head.protocol !== 'mls') throw new InvalidCommit('This conversation is no MLS group.');
      checkConversation(commit);
      const found = await this.accounts.byIds(manager, added);
      const people = found.map(({ id, username }) => ({ accountId: id, username }));
      return this.apply(manager, append, await this.judge(manager, roster, append, candidatesFrom(people, admissions)));
    });
  }

  private async judge(
    manager: EntityManager,
    roster: Roster,
    { commit, caller, quotas }: Append,
    candidates: ReturnType<typeof candidatesFrom>,
  ): Promise<Judged> {
    if (candidates.length < commit.delta.added.length) throw new NotFound('user');
    const { leaves, due } = await this.leaves.standing(manager, commit.conversationId);
    const plan = planLeaves(commit, caller, { roster, leaves, due }, quotas.leaves);
    const change = rosterChange(commit.delta, roster, caller.accountId, { candidates, atMost: quotas.members });
    checkRemovals(commit, caller, plan, due);
    checkWelcome(plan, due);
    const leaving = new Set(commit.delta.removed);
    const staying = roster.members.filter(({ accountId }) => !leaving.has(accountId));
    checkRoster(
      plan,
      commit.delta,
      staying.map(({ accountId }) => accountId),
    );
    return { roster, plan, change };
  }

  private async apply(
    manager: EntityManager,
    { commit, caller, at }: Append,
    { roster, plan, change }: Judged,
  ): Promise<AppendedCommit> {
    const { conversationId } = commit;
    const joining = (change?.added ?? []).map(({ accountId }) => accountId);
    const others = [...(change?.removed ?? []), ...plan.welcomed].map(({ accountId }) => accountId);
    await this.places.reserve(manager, joining, [caller.accountId, ...others]);
    if (!(await this.devices.holdAll(manager, [caller, ...plan.welcomed])))
      throw new InvalidCommit('A device that the commit adds is not there any more.');
    const entry = await this.log.appendWithin(manager, {
      conversationId,
      kind: 'commit',
      id: commit.id,
      sender: caller,
      body: commit.commit,
      at,
    });
    await this.move(manager, conversationId, plan);
    await this.groupInfos.replace(manager, { conversationId, ...plan.place, body: commit.groupInfo });
    const welcome = await this.welcome(manager, { commit, plan, seq: entry.seq, at });
    const recipients = roster.members.filter(({ state }) => state === 'joined').map(({ accountId }) => accountId);
    const changed = await this.changeRoster(manager, { roster, change, caller, at });
    const welcomed = await this.noteWelcomes(manager, conversationId, plan);
    return {
      seq: entry.seq,
      place: plan.place,
      duplicate: false,
      outcomes: [{ entries: [entry], recipients, changes: welcomed }, ...changed],
      welcome,
    };
  }

  /** The first answer again, whatever else this request says. */
  private async repeated(
    manager: EntityManager,
    roster: Roster,
    { commit, caller }: Append,
  ): Promise<AppendedCommit | undefined> {
    const known = await this.log.known(manager, commit.conversationId, commit.id);
    if (known === undefined) return undefined;
    if (known.senderId !== caller.accountId || known.kind !== 'commit') {
      memberOf(roster, caller.accountId);
      throw new IdReused();
    }
    const [row] = await manager.query<{ body: Buffer }[]>(
      'SELECT body FROM entries WHERE conversation_id = $1 AND seq = $2',
      [commit.conversationId, known.seq],
    );
    if (row === undefined) throw new Error('a commit vanished: they are kept');
    const { generation, epoch } = readCommit(row.body);
    const place = { generation, epoch: epoch + 1 };
    return { seq: known.seq, place, duplicate: true, outcomes: [], welcome: undefined };
  }

  private async move(manager: EntityManager, conversationId: ConversationId, plan: LeavesPlan): Promise<void> {
    const { generation, epoch } = plan.place;
    await manager.query(
      `UPDATE conversations SET mls_generation = $2, epoch = $3, min_epoch = CASE WHEN $4 THEN $3 ELSE min_epoch END
       WHERE id = $1`,
      [conversationId, generation, epoch, plan.removes],
    );
    const removed = plan.gone.map(({ leaf }) => leaf);
    await this.leaves.change(manager, conversationId, { removed, added: plan.added });
    await this.welcomes.withdraw(manager, conversationId, { devices: plan.gone, all: plan.begins });
    await this.leaves.settle(manager, conversationId);
  }

  private async welcome(
    manager: EntityManager,
    { commit, plan, seq, at }: { commit: Commit; plan: LeavesPlan; seq: Seq; at: Date },
  ): Promise<SentWelcome | undefined> {
    const { id, conversationId, welcome: body } = commit;
    if (body === undefined) return undefined;
    const notice = { id, conversationId, seq, ...plan.place };
    await this.welcomes.add(manager, { notice, body, recipients: plan.welcomed, at });
    return { notice, devices: plan.welcomed.map(({ deviceId }) => deviceId) };
  }

  /** What the commit says of the roster stands in the log as in every conversation: right behind it. */
  private async changeRoster(
    manager: EntityManager,
    { roster, change, caller, at }: { roster: Roster; change: RosterChange | undefined; caller: Caller; at: Date },
  ): Promise<Outcome[]> {
    if (change === undefined) return [];
    const { entry, readers, concerned } = await this.rosterLog.append(manager, { roster, change, sender: caller, at });
    const changes = await this.changes.note(manager, concerned, 'conversation', roster.head.id);
    return [{ entries: [entry], recipients: readers, changes }];
  }

  private async noteWelcomes(
    manager: EntityManager,
    conversationId: ConversationId,
    { welcomed }: LeavesPlan,
  ): Promise<Change[]> {
    const accounts = welcomed.map(({ accountId }) => accountId);
    return this.changes.note(manager, accounts, 'welcomes', conversationId);
  }
}
