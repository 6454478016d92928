import { MlsError, type MlsGroup } from '#crypto';
import type { MemberRole, RosterDelta } from '#protocol';
import type { OpenAccount } from '../account/open-account.js';
import { type ConversationBook, type Details, membersOf } from '../conversations/conversation-book.js';
import {
  type ConversationRecord,
  CONVERSATIONS,
  type Member,
  type Trouble,
} from '../conversations/conversation-record.js';
import { PeerError } from '../peers/peers.errors.js';
import { isRetryable } from '../relay/relay.errors.js';
import type { EventHub } from '../sync/events.js';
import type { Lanes } from '../sync/lanes.js';
import type { Synchronizer } from '../sync/synchronizer.js';
import { type Committer, NO_CHANGE } from './committer.js';
import { type Founder, peopleOf } from './founder.js';
import type { GroupShelf } from './group-shelf.js';
import type { Repairs } from './repairs.js';

/** What a relay offers for once may be old, or a lie: only after so many times a group is given up for a new one. */
const REJOINS_BEFORE_ANEW = 3;

interface RestorerParts {
  readonly account: OpenAccount;
  readonly book: ConversationBook;
  readonly shelf: GroupShelf;
  readonly sync: Synchronizer;
  readonly committer: Committer;
  readonly founder: Founder;
  readonly repairs: Repairs;
  readonly lanes: Lanes;
  readonly events: EventHub;
}

/** Who the relay says is in a conversation, and who this device knows is, by what was signed. */
interface Comparison {
  /** They had been removed, or had left. */
  readonly returned: readonly Member[];
  /** They had come in. */
  readonly missing: readonly Member[];
}

/** Brings groups and members of conversations back to what was signed, after a relay has forgotten it, or a group is lost. */
export class Restorer {
  /** How often this device could not come back into a group from outside. */
  private readonly shut = new Map<string, number>();

  constructor(private readonly parts: RestorerParts) {}

  /**
   * Comes into the group again from outside; if what the relay offers is of no use time and again, begins a new one with the
   * members that this device knows. Where somebody is in the group whom it does not know, it stays out.
   */
  async repair(conversationId: string): Promise<void> {
    const { book, committer, repairs } = this.parts;
    const record = await book.get(conversationId);
    if (record?.standing !== 'joined' || record.trouble === undefined || !repairs.mayTry(conversationId)) return;
    try {
      await committer.rejoin(conversationId);
      this.shut.delete(conversationId);
    } catch (error) {
      if (!isHopeless(error)) throw error;
      const times = (this.shut.get(conversationId) ?? 0) + 1;
      this.shut.set(conversationId, times);
      if (times < REJOINS_BEFORE_ANEW) throw error;
      await this.beginAnew(conversationId, await book.atRelay(conversationId), NO_CHANGE);
      this.shut.delete(conversationId);
    }
  }

  /** What this device has stored of a group cannot be read any more: it is repaired as one that is lost. */
  async giveUp(conversationId: string): Promise<void> {
    const trouble = 'lost_group';
    const isLost = await this.change(conversationId, (record) =>
      record.standing === 'joined' && record.trouble === undefined ? { ...record, trouble } : undefined,
    );
    if (isLost) this.parts.events.tell([{ kind: 'trouble', conversationId, trouble }]);
  }

  /** Compares a conversation with what a restored relay has of it, and puts right what this device may. */
  async restore(conversationId: string): Promise<void> {
    const { book, sync } = this.parts;
    const known = await book.get(conversationId);
    if (known?.restoration === undefined) return;
    const shown = (await book.atRelay(conversationId)) ?? (await this.recreated(conversationId));
    // Forgotten there, and left here: nothing is to be put right.
    if (shown === undefined && known.standing === 'left') return this.done(conversationId);
    if (shown === undefined || !(await sync.rewind(conversationId))) return;
    await this.keepStanding(conversationId, shown);
    // Others may have begun the group anew already: then theirs is what is put right.
    await sync.enterAll();
    await sync.pull(conversationId);
    await this.restoreGroup(conversationId);
  }

  private async restoreGroup(conversationId: string): Promise<void> {
    const { book, shelf } = this.parts;
    const [record, details] = [await book.get(conversationId), await book.atRelay(conversationId)];
    if (record === undefined || details === undefined) return;
    const group = await shelf.get(conversationId);
    try {
      if (record.standing === 'joined') await this.putRight(conversationId, { record, details, group });
      await this.done(conversationId);
    } catch (error) {
      if (isRetryable(error)) throw error;
      // The relay will not have it so: the group is repaired as any other that is lost.
      await this.done(conversationId, 'lost_group');
      throw error;
    }
  }

  private async putRight(
    conversationId: string,
    { record, details, group }: { record: ConversationRecord; details: Details; group: MlsGroup | undefined },
  ): Promise<void> {
    const differences = compared(record.members, membersOf(details));
    const [returned, missing] = [idsOf(differences.returned), idsOf(differences.missing)];
    if (returned.length + missing.length > 0)
      this.parts.events.tell([{ kind: 'rolled_back', conversationId, returned, missing }]);
    const delta = this.deltaFor(record, details, differences);
    if (group === undefined) return;
    if (isBehind(details, group)) await this.beginAnew(conversationId, details, delta);
    else if (delta.added.length + delta.removed.length > 0) await this.commit(conversationId, delta, differences);
    await this.giveRoles(conversationId, record.members);
  }

  /** What of it this device may sign, and the relay takes from it. */
  private deltaFor(record: ConversationRecord, details: Details, { returned, missing }: Comparison): RosterDelta {
    const own = this.parts.account.accountId;
    const roles = [roleOf(record.members, own), roleOf(membersOf(details), own)];
    if (record.kind === 'direct' || roles.includes(undefined) || roles.includes('member')) return NO_CHANGE;
    const removable = roles.every((role) => role === 'owner')
      ? returned
      : returned.filter(({ role }) => role === 'member');
    return { added: idsOf(missing), removed: idsOf(removable), roles: [] };
  }

  private async beginAnew(conversationId: string, details: Details | undefined, delta: RosterDelta): Promise<void> {
    const { book, shelf, founder } = this.parts;
    const record = await book.get(conversationId);
    if (record === undefined || details === undefined) return;
    const present = new Set([...idsOf(membersOf(details)), ...delta.added]);
    const people = peopleOf(record).filter(({ accountId }) => present.has(accountId));
    const group = await shelf.get(conversationId);
    await founder.beginAnew(conversationId, { present: details.group?.generation ?? 0, group, people, delta });
  }

  private async commit(conversationId: string, delta: RosterDelta, { missing }: Comparison): Promise<void> {
    const { committer, founder } = this.parts;
    const added = peopleOf({ members: missing }).filter(({ accountId }) => delta.added.includes(accountId));
    await committer.commit(conversationId, async (group, record) => {
      const leaves = group.members();
      const leaving = leaves.filter(({ identity }) => delta.removed.includes(identity.accountId));
      const absent = added.filter(({ accountId }) => !leaves.some(({ identity }) => identity.accountId === accountId));
      const { add, remove } = await founder.bringing(absent, group, record);
      return { add, remove: [...new Set([...leaving.map(({ leafIndex }) => leafIndex), ...remove])], delta };
    });
  }

  /** Roles that the relay has forgotten, if this account has the group. */
  private async giveRoles(conversationId: string, members: readonly Member[]): Promise<void> {
    const { account, book, committer } = this.parts;
    const details = await book.atRelay(conversationId);
    const shown = details === undefined ? [] : membersOf(details);
    if (roleOf(members, account.accountId) !== 'owner' || roleOf(shown, account.accountId) !== 'owner') return;
    for (const { accountId, role } of members) {
      const present = roleOf(shown, accountId);
      if (present === undefined || present === role) continue;
      const delta = { ...NO_CHANGE, roles: [{ accountId, role }] };
      await committer.commit(conversationId, () => Promise.resolve({ delta }));
    }
  }

  /** Whoever has left leaves again, and whoever has accepted accepts again, if the relay has forgotten that. */
  private async keepStanding(conversationId: string, { state, stays }: Details): Promise<void> {
    const { account, book } = this.parts;
    const record = await book.get(conversationId);
    const params = { path: { id: conversationId } };
    const isOldStay = (stays.at(-1)?.from ?? 0) <= (record?.cursor ?? 0);
    if (record?.standing === 'joined' && state === 'invited')
      await account.relay.call((api) => api.POST('/v1/conversations/{id}/accept', { params }));
    if (record?.standing === 'left' && state === 'joined' && isOldStay)
      await account.relay.call((api) => api.POST('/v1/conversations/{id}/leave', { params }));
  }

  /** Makes a conversation again that the relay has forgotten, if it is this account's. */
  private async recreated(conversationId: string): Promise<Details | undefined> {
    const { account, book } = this.parts;
    const record = await book.get(conversationId);
    if (record?.standing !== 'joined') return undefined;
    const other = record.members.find(({ accountId }) => accountId !== account.accountId);
    if (record.kind === 'direct' && other !== undefined) {
      const body = { kind: 'direct', protocol: 'mls', with: other.username } as const;
      await account.relay.call((api) => api.POST('/v1/conversations', { body }));
    } else if (roleOf(record.members, account.accountId) === 'owner') {
      const body = { kind: 'group' as const, protocol: 'mls' as const, id: conversationId, members: [] };
      await account.relay.call((api) => api.POST('/v1/conversations', { body }));
    }
    return book.atRelay(conversationId);
  }

  private async done(conversationId: string, trouble?: Trouble): Promise<void> {
    await this.change(conversationId, (record) => ({
      ...record,
      restoration: undefined,
      trouble: trouble ?? record.trouble,
    }));
    const told = { kind: 'conversation', conversationId } as const;
    this.parts.events.tell(trouble === undefined ? [told] : [told, { kind: 'trouble', conversationId, trouble }]);
  }

  /** @param next undefined if it stays as it is. @returns whether it was changed. */
  private change(
    conversationId: string,
    next: (record: ConversationRecord) => ConversationRecord | undefined,
  ): Promise<boolean> {
    const { account, lanes } = this.parts;
    return lanes.run(conversationId, async () => {
      const stored = await account.store.get(CONVERSATIONS, conversationId);
      const record = stored && next(stored.record);
      if (record === undefined) return false;
      await account.store.write({ put: [CONVERSATIONS.put(conversationId, record, stored?.version)] });
      return true;
    });
  }
}

/**
 * The group that the relay offers is not one to come back into. One with members whom this device has not seen come in may be: a
 * new group would be one without them.
 */
function isHopeless(error: unknown): boolean {
  if (error instanceof PeerError) return true;
  return error instanceof MlsError && !['not_a_member', 'not_allowed'].includes(error.code);
}

function compared(known: readonly Member[], shown: readonly Member[]): Comparison {
  return {
    returned: shown.filter(({ accountId }) => roleOf(known, accountId) === undefined),
    missing: known.filter(({ accountId }) => roleOf(shown, accountId) === undefined),
  };
}

/** Whether the relay is at an earlier moment than this device. */
function isBehind({ group: shown }: Details, { name, epoch }: MlsGroup): boolean {
  if (shown === null) return true;
  return shown.generation < name.generation || (shown.generation === name.generation && shown.epoch < epoch);
}

function roleOf(members: readonly Member[], accountId: string): MemberRole | undefined {
  return members.find((member) => member.accountId === accountId)?.role;
}

function idsOf(members: readonly Member[]): string[] {
  return members.map(({ accountId }) => accountId).sort();
}
