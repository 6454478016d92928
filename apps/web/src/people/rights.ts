import type { Conversation, Member } from '#sdk';

/** What somebody may do in a group; the relay and all others hold them to it. */
export interface Rights {
  readonly mayRename: boolean;
  readonly mayAdd: boolean;
  readonly mayRemove: (member: Member) => boolean;
  readonly mayGiveRoles: boolean;
  /** How long messages live, and how long the relay keeps them. */
  readonly maySetTimes: boolean;
}

const NONE: Rights = {
  mayRename: false,
  mayAdd: false,
  mayRemove: () => false,
  mayGiveRoles: false,
  maySetTimes: false,
};

export function rightsOf({ kind, standing, members }: Conversation, accountId: string): Rights {
  const role = members.find((member) => member.accountId === accountId)?.role;
  if (kind === 'direct') return { ...NONE, maySetTimes: standing === 'joined' };
  if (standing !== 'joined' || role === undefined) return NONE;
  const isOwner = role === 'owner';
  const mayManage = isOwner || role === 'admin';
  return {
    mayRename: mayManage,
    mayAdd: mayManage,
    mayRemove: (member) => member.accountId !== accountId && (isOwner || (mayManage && member.role === 'member')),
    mayGiveRoles: isOwner,
    maySetTimes: mayManage,
  };
}
