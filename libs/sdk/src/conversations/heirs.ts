import type { Conversation } from './conversation.js';
import type { Member } from './conversation-record.js';
import type { NamedAccount } from './roster-changes.js';

/** A group that this account owns, and what becomes of it when the account is deleted. */
export interface Handover {
  readonly conversationId: string;
  readonly title: string | null;
  /**
   * Whose it will be. Several, one of whom it will be, if they were all there before this device could read: the relay knows who has
   * been in it for the longest. None if nobody is left: then the group ends.
   */
  readonly heirs: readonly NamedAccount[];
  /** To whom it can be given instead. */
  readonly members: readonly NamedAccount[];
}

/** Of each group that the account owns, by the relay's rule. */
export function handoversOf(conversations: readonly Conversation[], accountId: string): Handover[] {
  return conversations
    .filter(({ kind, standing, members }) => kind === 'group' && standing === 'joined' && owns(members, accountId))
    .map(({ id, title, members }) => {
      const staying = members.filter((member) => member.accountId !== accountId && member.state === 'joined');
      return {
        conversationId: id,
        title,
        heirs: heirsAmong(staying).map(named),
        members: staying.map(named),
      };
    });
}

/** The longest-standing admin, or else the longest-standing member: as the relay has it, which knows when each came in. */
function heirsAmong(staying: readonly Member[]): Member[] {
  const admins = staying.filter(({ role }) => role === 'admin');
  const eligible = admins.length > 0 ? admins : staying;
  const fromBefore = eligible.filter(({ since }) => since === undefined);
  if (fromBefore.length > 0) return fromBefore;
  return [...eligible].sort(bySeniority).slice(0, 1);
}

function bySeniority(one: Member, other: Member): number {
  return (one.since ?? 0) - (other.since ?? 0) || (one.accountId < other.accountId ? -1 : 1);
}

function owns(members: readonly Member[], accountId: string): boolean {
  return members.some((member) => member.accountId === accountId && member.role === 'owner');
}

function named({ accountId, username }: Member): NamedAccount {
  return { accountId, username };
}
