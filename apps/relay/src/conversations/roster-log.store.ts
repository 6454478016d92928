import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, EntryId, MembersChange, Seq } from '#protocol';
import type { EntityManager } from 'typeorm';
import { type Entry, type EntrySender, LogStore } from '../entries/index.js';
import { LeavesStore } from './leaves.store.js';
import type { NewMember, Roster, RosterChange } from './membership-rules.js';

interface Append {
  readonly roster: Roster;
  readonly change: RosterChange;
  readonly sender: EntrySender;
  /** The client's idempotency key, if it gave one. */
  readonly id?: EntryId | undefined;
  readonly at: Date;
}

/** A change of members that stands in the log. */
export interface AppendedChange {
  readonly entry: Entry;
  /** Who may read the entry: those in it now, and those whom it removes. */
  readonly readers: readonly AccountId[];
  /** Whose own stay began, was accepted or ended. */
  readonly concerned: readonly AccountId[];
}

/** Changes members, and says so in the log. */
@Injectable()
export class RosterLogStore {
  constructor(
    private readonly log: LogStore,
    private readonly leaves: LeavesStore,
  ) {}

  /** Applies a change to a conversation that is locked and whose roster was read under that lock. */
  async append(manager: EntityManager, { roster, change, sender, id, at }: Append): Promise<AppendedChange> {
    const conversationId = roster.head.id;
    const body = Buffer.from(JSON.stringify(wireForm(change)));
    const entry = await this.log.appendWithin(manager, { conversationId, kind: 'members', id, sender, body, at });
    await this.end(manager, conversationId, { accounts: idsOf(change.removed), seq: entry.seq });
    await this.begin(manager, conversationId, { members: change.added ?? [], seq: entry.seq });
    await this.accept(manager, conversationId, change.accepted ?? []);
    await this.giveRoles(manager, conversationId, change.roles ?? []);
    await manager.query('UPDATE conversations SET roster_seq = $2 WHERE id = $1', [conversationId, entry.seq]);
    await this.leaves.settle(manager, conversationId);
    return { entry, readers: readersOf(roster, change), concerned: concernedBy(change) };
  }

  /** Opens stays from an entry on. */
  async begin(
    manager: EntityManager,
    conversationId: ConversationId,
    from: { members: readonly NewMember[]; seq: Seq },
  ): Promise<void> {
    if (from.members.length === 0) return;
    await manager.query(
      `INSERT INTO members (conversation_id, account_id, joined_seq, state, role)
       SELECT $1, account, $2, state, role FROM unnest($3::uuid[], $4::text[], $5::text[]) AS t (account, state, role)`,
      [
        conversationId,
        from.seq,
        idsOf(from.members),
        from.members.map(({ state }) => state),
        from.members.map(({ role }) => role),
      ],
    );
  }

  private async end(
    manager: EntityManager,
    conversationId: ConversationId,
    at: { accounts: AccountId[]; seq: Seq },
  ): Promise<void> {
    if (at.accounts.length === 0) return;
    await manager.query(
      'UPDATE members SET left_seq = $3 WHERE conversation_id = $1 AND account_id = ANY ($2) AND left_seq IS NULL',
      [conversationId, at.accounts, at.seq],
    );
  }

  private async accept(
    manager: EntityManager,
    conversationId: ConversationId,
    accounts: readonly AccountId[],
  ): Promise<void> {
    if (accounts.length === 0) return;
    await manager.query(
      `UPDATE members SET state = 'joined' WHERE conversation_id = $1 AND account_id = ANY ($2) AND left_seq IS NULL`,
      [conversationId, [...accounts]],
    );
  }

  private async giveRoles(
    manager: EntityManager,
    conversationId: ConversationId,
    roles: NonNullable<RosterChange['roles']>,
  ): Promise<void> {
    if (roles.length === 0) return;
    await manager.query(
      `UPDATE members m SET role = t.role FROM unnest($2::uuid[], $3::text[]) AS t (account, role)
       WHERE m.conversation_id = $1 AND m.account_id = t.account AND m.left_seq IS NULL`,
      [conversationId, idsOf(roles), roles.map(({ role }) => role)],
    );
  }
}

function wireForm({ added, removed, accepted, roles }: RosterChange): MembersChange {
  return {
    ...(added === undefined ? {} : { added }),
    ...(removed === undefined ? {} : { removed: removed.map(({ accountId, username }) => ({ accountId, username })) }),
    ...(accepted === undefined ? {} : { accepted }),
    ...(roles === undefined ? {} : { roles }),
  };
}

function readersOf(roster: Roster, change: RosterChange): AccountId[] {
  const before = roster.members.filter(
    ({ accountId, state }) => state === 'joined' || change.accepted?.includes(accountId),
  );
  const joining = (change.added ?? []).filter(({ state }) => state === 'joined');
  return idsOf([...before, ...joining]);
}

function concernedBy({ added, removed, accepted }: RosterChange): AccountId[] {
  return [...idsOf(added), ...idsOf(removed), ...(accepted ?? [])];
}

function idsOf(members: readonly { readonly accountId: AccountId }[] = []): AccountId[] {
  return members.map(({ accountId }) => accountId);
}
