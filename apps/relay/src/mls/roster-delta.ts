import type { AccountId, RosterDelta } from '#protocol';
import {
  addition,
  type Candidate,
  type Member,
  removal,
  roleChange,
  type Roster,
  type RosterChange,
} from '../conversations/index.js';
import { InvalidCommit } from './mls.errors.js';

interface Newcomers {
  readonly candidates: readonly Candidate[];
  readonly atMost: number;
}

/**
 * What a commit's signed delta does to the roster, by the same rules as in every other conversation; undefined when it
 * changes nothing.
 * @throws {InvalidCommit} when it names somebody it cannot mean. @throws whatever those rules refuse.
 */
export function rosterChange(
  delta: RosterDelta,
  roster: Roster,
  actor: AccountId,
  newcomers: Newcomers,
): RosterChange | undefined {
  const change: RosterChange = {
    ...(delta.added.length === 0 ? {} : addition(roster, actor, { ...newcomers, role: 'member' })),
    ...(delta.removed.length === 0 ? {} : removal(roster, actor, namesOf(roster, delta.removed))),
    ...(delta.roles.length === 0 ? {} : { roles: givenRoles(delta, roster, actor) }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

function namesOf(roster: Roster, accounts: readonly string[]): string[] {
  return accounts.map((accountId) => memberNamed(roster, accountId).username);
}

function memberNamed(roster: Roster, accountId: string): Member {
  const member = roster.members.find((one) => one.accountId === accountId);
  if (member === undefined) throw new InvalidCommit('The roster has no such member.');
  return member;
}

type GivenRoles = NonNullable<RosterChange['roles']>;

/** One role at a time; handing the group over is one, and says of both who they are from then on. */
function givenRoles({ roles, removed }: RosterDelta, roster: Roster, actor: AccountId): GivenRoles {
  const given = roles.find(({ accountId }) => accountId !== actor);
  if (given === undefined) throw new InvalidCommit('A role is given to somebody else.');
  if (removed.includes(given.accountId)) throw new InvalidCommit('A role is given to somebody who leaves.');
  const { username } = memberNamed(roster, given.accountId);
  const change = roleChange(roster, actor, { username, role: given.role })?.roles ?? [];
  const isSame =
    change.length === roles.length &&
    change.every((one) => roles.some(({ accountId, role }) => accountId === one.accountId && role === one.role));
  if (!isSame) throw new InvalidCommit('The roles are not what giving this role makes of them.');
  return change;
}
