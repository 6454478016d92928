import type { AccountId, MemberRole, MemberState } from '#protocol';
import type { Admission } from '../people/index.js';
import { Forbidden, NotFound } from '../platform/errors/refusal.js';
import type { ConversationHead, Member, Person } from './conversation.js';
import { AlreadyMember, CommitRequired, ConversationFull, OwnerNeeded } from './conversations.errors.js';

/** Who is in a conversation, joined or invited. Judged only under the conversation's row lock. */
export interface Roster {
  readonly head: ConversationHead;
  readonly members: readonly Member[];
}

/** Somebody to be added, and how their privacy admits them. */
export interface Candidate {
  readonly accountId: AccountId;
  readonly username: string;
  readonly admission: Admission;
}

export interface NewMember {
  readonly accountId: AccountId;
  readonly username: string;
  readonly role: MemberRole;
  readonly state: MemberState;
}

/** What one entry of kind `members` does to a roster. */
export interface RosterChange {
  readonly added?: readonly NewMember[];
  readonly removed?: readonly Member[];
  readonly accepted?: readonly AccountId[];
  readonly roles?: readonly { readonly accountId: AccountId; readonly role: MemberRole }[];
}

/** How each person is admitted; whoever the admissions do not name is not. */
export function candidatesFrom(
  people: readonly Pick<Person, 'accountId' | 'username'>[],
  admissions: ReadonlyMap<AccountId, Admission>,
): Candidate[] {
  return people.map(({ accountId, username }) => ({
    accountId,
    username,
    admission: admissions.get(accountId) ?? 'refused',
  }));
}

/** The joined member of an account. To everyone else, the invited included, there is no such conversation. */
export function memberOf(roster: Roster, accountId: AccountId): Member {
  const member = roster.members.find((one) => one.accountId === accountId && one.state === 'joined');
  if (member === undefined) throw new NotFound('conversation');
  return member;
}

/** The member, if they may change who is in a group and what it is called. */
export function managerOf(roster: Roster, accountId: AccountId): Member {
  const member = memberOf(roster, accountId);
  if (roster.head.kind !== 'group') throw new Forbidden('A direct conversation stays as it is.');
  if (member.role === 'member') throw new Forbidden('Only the owner and admins may do this.');
  return member;
}

/** The member, if they may say how long messages are kept: in a direct conversation, either of both. */
export function keeperOf(roster: Roster, accountId: AccountId): Member {
  return roster.head.kind === 'direct' ? memberOf(roster, accountId) : managerOf(roster, accountId);
}

/** The roster, if a plain request may change it. @throws {CommitRequired} */
export function changedByRequest(roster: Roster): Roster {
  if (roster.head.protocol === 'mls') throw new CommitRequired();
  return roster;
}

/** A new group: whoever makes it owns it. */
export function founding(owner: NewMember, candidates: readonly Candidate[], atMost: number): RosterChange {
  if (1 + candidates.length > atMost) throw new ConversationFull();
  return { added: [owner, ...admitted(candidates, 'member')] };
}

export function addition(
  roster: Roster,
  actor: AccountId,
  newcomers: { candidates: readonly Candidate[]; role: MemberRole; atMost: number },
): RosterChange {
  const { candidates, role, atMost } = newcomers;
  if (managerOf(roster, actor).role !== 'owner' && role !== 'member')
    throw new Forbidden('Only the owner gives roles.');
  const present = new Set(roster.members.map(({ accountId }) => accountId));
  if (candidates.some(({ accountId }) => present.has(accountId))) throw new AlreadyMember();
  if (present.size + candidates.length > atMost) throw new ConversationFull();
  return { added: admitted(candidates, role) };
}

/** Names that are no members are passed over, so that a repeated request does no harm. */
export function removal(roster: Roster, actor: AccountId, usernames: readonly string[]): RosterChange | undefined {
  const manager = managerOf(roster, actor);
  const removed = roster.members.filter(({ username }) => usernames.includes(username));
  if (removed.some(({ accountId }) => accountId === actor)) throw new Forbidden('To go yourself, leave.');
  const reachable: readonly MemberRole[] = manager.role === 'owner' ? ['admin', 'member'] : ['member'];
  if (removed.some(({ role }) => !reachable.includes(role)))
    throw new Forbidden('Admins remove only members without a role.');
  return removed.length === 0 ? undefined : { removed };
}

/** Leaving, or declining an invitation. Undefined for those who are not in it. */
export function departure(roster: Roster, accountId: AccountId): RosterChange | undefined {
  const leaver = roster.members.find((member) => member.accountId === accountId);
  if (leaver === undefined) return undefined;
  if (leaver.state === 'invited') return { removed: [leaver] };
  const staying = roster.members.filter((member) => member !== leaver);
  // With the last member the conversation ends, and nobody is left whom the invited could join.
  if (staying.every(({ state }) => state === 'invited')) return { removed: roster.members };
  if (leaver.role !== 'owner') return { removed: [leaver] };
  return { removed: [leaver], roles: [{ accountId: heirAmong(staying).accountId, role: 'owner' }] };
}

/** Undefined when they joined already. */
export function acceptance(roster: Roster, accountId: AccountId): RosterChange | undefined {
  const member = roster.members.find((one) => one.accountId === accountId);
  if (member === undefined) throw new NotFound('conversation');
  return member.state === 'joined' ? undefined : { accepted: [accountId] };
}

/** Giving `owner` away makes the giver an admin, so that there is always exactly one owner. */
export function roleChange(
  roster: Roster,
  actor: AccountId,
  given: { username: string; role: MemberRole },
): RosterChange | undefined {
  const manager = managerOf(roster, actor);
  if (manager.role !== 'owner') throw new Forbidden('Only the owner gives roles.');
  const target = roster.members.find(({ username, state }) => username === given.username && state === 'joined');
  if (target === undefined) throw new NotFound('member');
  if (target.role === given.role) return undefined;
  if (target === manager) throw new OwnerNeeded();
  const change = { accountId: target.accountId, role: given.role };
  return { roles: given.role === 'owner' ? [change, { accountId: actor, role: 'admin' }] : [change] };
}

/** What finding or creating a direct conversation changes in it: whoever has no stay gets one, the asked accept by asking. */
export function reopening(roster: Roster, caller: AccountId, both: readonly Candidate[]): RosterChange | undefined {
  const present = new Set(roster.members.map(({ accountId }) => accountId));
  const added = admitted(
    both.filter(({ accountId }) => !present.has(accountId)),
    'member',
  );
  const accepted = roster.members.filter(({ accountId, state }) => accountId === caller && state === 'invited');
  if (added.length + accepted.length === 0) return undefined;
  return {
    ...(added.length === 0 ? {} : { added }),
    ...(accepted.length === 0 ? {} : { accepted: accepted.map(({ accountId }) => accountId) }),
  };
}

/** The longest-standing admin, or else the longest-standing member. */
function heirAmong(staying: readonly Member[]): Member {
  const joined = staying.filter(({ state }) => state === 'joined');
  const admins = joined.filter(({ role }) => role === 'admin');
  const [heir] = [...(admins.length > 0 ? admins : joined)].sort(bySeniority);
  if (heir === undefined) throw new Error('a group without joined members has no heir');
  return heir;
}

/** Those added by one entry have equal seniority; any fixed order among them will do. */
function bySeniority(one: Member, other: Member): number {
  return one.joinedSeq - other.joinedSeq || (one.accountId < other.accountId ? -1 : 1);
}

/** @throws {NotFound} as for an account that does not exist, so that nobody learns that they were blocked. */
function admitted(candidates: readonly Candidate[], role: MemberRole): NewMember[] {
  return candidates.map(({ accountId, username, admission }) => {
    if (admission === 'refused') throw new NotFound('user');
    return { accountId, username, role, state: admission };
  });
}
