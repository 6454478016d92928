import type { Conversation, Member } from '#sdk';
import { rightsOf } from './rights.js';

const member = (accountId: string, role: Member['role']): Member => ({
  accountId,
  username: accountId,
  role,
  state: 'joined',
});
const [ada, grace, alan, eve] = [
  member('ada', 'owner'),
  member('grace', 'admin'),
  member('alan', 'member'),
  member('eve', 'admin'),
] as const;
const group: Conversation = {
  id: 'tea',
  kind: 'group',
  title: null,
  lifetimeSeconds: null,
  retention: { expireAfterSeconds: null, afterDelivery: false },
  standing: 'joined',
  invitedBy: null,
  members: [ada, grace, alan, eve],
  head: 1,
  isReady: true,
  trouble: null,
  readUpTo: 0,
  unread: 0,
};

describe('in a group', () => {
  it('the owner may do everything, but not remove themselves', () => {
    const { mayRename, mayAdd, mayGiveRoles, mayRemove } = rightsOf(group, 'ada');
    expect([mayRename, mayAdd, mayGiveRoles]).toEqual([true, true, true]);
    expect([ada, grace, alan].map(mayRemove)).toEqual([false, true, true]);
  });

  it('an admin may remove those without a role', () => {
    const { mayRename, mayAdd, mayGiveRoles, mayRemove } = rightsOf(group, 'grace');
    expect([mayRename, mayAdd, mayGiveRoles]).toEqual([true, true, false]);
    expect([ada, alan, eve].map(mayRemove)).toEqual([false, true, false]);
  });

  it.each([
    ['a member', group, 'alan'],
    ['who has left', { ...group, standing: 'left' as const }, 'ada'],
    ['a stranger', group, 'bob'],
    ['one of two who write to each other', { ...group, kind: 'direct' as const }, 'ada'],
  ])('%s may do nothing of it', (_who, conversation, accountId) => {
    const { mayRename, mayAdd, mayGiveRoles, mayRemove } = rightsOf(conversation, accountId);
    expect([mayRename, mayAdd, mayGiveRoles, mayRemove(eve)]).toEqual([false, false, false, false]);
  });
});

describe('the times of messages', () => {
  it.each([
    ['the owner of a group', group, 'ada', true],
    ['its admins', group, 'grace', true],
    ['a member of it', group, 'alan', false],
    ['either of two who write to each other', { ...group, kind: 'direct' as const }, 'alan', true],
    ['who was asked to join', { ...group, kind: 'direct' as const, standing: 'invited' as const }, 'alan', false],
  ])('%s', (_who, conversation, accountId, may) => {
    expect(rightsOf(conversation, accountId).maySetTimes).toBe(may);
  });
});
