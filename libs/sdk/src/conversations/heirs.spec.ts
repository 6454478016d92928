import type { Conversation } from './conversation.js';
import type { Member } from './conversation-record.js';
import { handoversOf } from './heirs.js';
import { KEPT_FOR_GOOD } from './retention.js';

const OWN = 'me';
const me: Member = { accountId: OWN, username: 'ada', role: 'owner', state: 'joined', since: 1 };

function member(name: string, since?: number, more: Partial<Member> = {}): Member {
  const known = since === undefined ? {} : { since };
  return { accountId: `id of ${name}`, username: name, role: 'member', state: 'joined', ...known, ...more };
}

function group(members: readonly Member[], more: Partial<Conversation> = {}): Conversation {
  return {
    id: 'group',
    kind: 'group',
    title: 'Engines',
    lifetimeSeconds: null,
    retention: KEPT_FOR_GOOD,
    standing: 'joined',
    members,
    invitedBy: null,
    head: 9,
    isReady: true,
    trouble: null,
    readUpTo: 0,
    unread: 0,
    ...more,
  };
}

const heirs = (...others: Member[]): string[] =>
  handoversOf([group([me, ...others])], OWN)[0]!.heirs.map(({ username }) => username);

describe('the heir of a group', () => {
  it.each([
    ['the longest-standing member', [member('late', 7), member('early', 3)], ['early']],
    ['an admin before any member', [member('early', 3), member('late', 7, { role: 'admin' })], ['late']],
    ['by id, where two came at once', [member('b', 3), member('a', 3)], ['a']],
    ['nobody who was only asked', [member('early', 3, { state: 'invited' }), member('late', 7)], ['late']],
    ['nobody, where nobody is left', [member('asked', 3, { state: 'invited' })], []],
    ['who was there before this device could read', [member('late', 7), member('before')], ['before']],
    ['one of those who all were', [member('one'), member('late', 7), member('two')], ['one', 'two']],
  ])('is %s', (_who, others, expected) => {
    expect(heirs(...others)).toEqual(expected);
  });

  it('is told beside all to whom the group can be given', () => {
    const [handover] = handoversOf([group([me, member('early', 3), member('late', 7)])], OWN);
    expect(handover).toMatchObject({ conversationId: 'group', title: 'Engines' });
    expect(handover?.members.map(({ username }) => username)).toEqual(['early', 'late']);
  });

  it('is of no concern where somebody else owns it, in direct conversations, and where this account has left', () => {
    const foreign = group([{ ...me, role: 'admin' }, member('owner', 1, { role: 'owner' })]);
    const conversations = [foreign, group([me], { kind: 'direct' }), group([me], { standing: 'left' })];
    expect(handoversOf(conversations, OWN)).toEqual([]);
  });
});
