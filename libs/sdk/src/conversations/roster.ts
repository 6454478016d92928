import type { MembersChange, RosterDelta } from '#protocol';
import type { ConversationRecord, Member } from './conversation-record.js';

/** The members after what an entry says. */
export function changedRoster(members: readonly Member[], change: MembersChange, seq: number): Member[] {
  const added = (change.added ?? []).map((member) => ({ ...member, since: seq }));
  const replaced = new Set([...idsOf(change.removed), ...idsOf(added)]);
  const roles = new Map((change.roles ?? []).map(({ accountId, role }) => [accountId, role]));
  const accepted = new Set(change.accepted ?? []);
  return [...members.filter(({ accountId }) => !replaced.has(accountId)), ...added].map((member) => ({
    ...member,
    role: roles.get(member.accountId) ?? member.role,
    state: accepted.has(member.accountId) ? 'joined' : member.state,
  }));
}

/**
 * Whether an entry of the relay says of the members what it may: after a commit, what that commit was signed for; else, that
 * somebody leaves or accepts, and in a direct conversation that one of the two comes back. A group whose owner leaves has another. Whoever joins a group without a
 * signature was brought in by the relay.
 */
export function isBelievable(change: MembersChange, record: ConversationRecord, seq: number): boolean {
  const { kind, announced, members, generation, believedUntil } = record;
  if (announced !== undefined)
    return (
      isSame(idsOf(change.added), announced.added) &&
      isSame(idsOf(change.removed), announced.removed) &&
      isSame(rolesOf(change.roles), rolesOf(announced.roles)) &&
      idsOf(change.added).every((accountId) => !(change.accepted ?? []).includes(accountId))
    );
  if (seq <= believedUntil) return true;
  if (kind === 'direct') return members.length === 0 || idsOf(change.added).length + members.length <= 2;
  return generation === 0 || (idsOf(change.added).length === 0 && isInherited(change, members));
}

/** Roles change without a signature only when the owner leaves: then one of the others is the owner. */
function isInherited({ roles = [], removed = [] }: MembersChange, members: readonly Member[]): boolean {
  if (roles.length === 0) return true;
  const owner = members.find(({ role }) => role === 'owner');
  const [heir] = roles;
  const heirsRole = members.find(({ accountId }) => accountId === heir?.accountId)?.role;
  const isHighest = heirsRole === 'admin' || !members.some(({ role }) => role === 'admin');
  return roles.length === 1 && heir?.role === 'owner' && isHighest && idsOf(removed).includes(owner?.accountId ?? '');
}

/** Whether somebody of that role may sign for a change, as in every group. */
export function maySign(delta: RosterDelta, signer: Member | undefined, members: readonly Member[]): boolean {
  if (delta.added.length + delta.removed.length + delta.roles.length === 0) return true;
  if (signer?.state !== 'joined' || signer.role === 'member') return false;
  if (signer.role === 'owner') return true;
  const roles = new Map(members.map(({ accountId, role }) => [accountId, role]));
  return delta.roles.length === 0 && delta.removed.every((accountId) => roles.get(accountId) === 'member');
}

function idsOf(people: readonly { readonly accountId: string }[] = []): string[] {
  return people.map(({ accountId }) => accountId);
}

function rolesOf(roles: readonly { readonly accountId: string; readonly role: string }[] = []): string[] {
  return roles.map(({ accountId, role }) => `${accountId} ${role}`);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return String([...one].sort()) === String([...other].sort());
}
