import type { MembersChange } from '#protocol';
import { type ConversationRecord, type Member, newConversation } from './conversation-record.js';
import { changedRoster, isBelievable, maySign } from './roster.js';

const member = (name: string, role: Member['role'] = 'member', state: Member['state'] = 'joined'): Member => ({
  accountId: `id-of-${name}`,
  username: name,
  role,
  state,
});
const [ada, grace, alan] = [member('ada', 'owner'), member('grace', 'admin'), member('alan')];
const known = (more: Partial<ConversationRecord> = {}): ConversationRecord => ({
  ...newConversation(
    { kind: 'group', cursor: 4, believedUntil: 4, standing: 'joined', members: [ada, grace, alan] },
    0,
  ),
  generation: 1,
  ...more,
});
const NOTHING = { added: [], removed: [], roles: [] };

describe('the members of a conversation', () => {
  it('are those before, without whom an entry removes, and with whom it adds', () => {
    const change: MembersChange = { added: [member('hedy', 'member', 'invited')], removed: [grace] };
    expect(changedRoster([ada, grace, alan], change, 7).map(({ username }) => username)).toEqual([
      'ada',
      'alan',
      'hedy',
    ]);
  });

  it('have the roles they are given, and are joined once they accept', () => {
    const hedy = member('hedy', 'member', 'invited');
    const change = { roles: [{ accountId: alan.accountId, role: 'admin' as const }], accepted: [hedy.accountId] };
    expect(changedRoster([ada, alan, hedy], change, 7)).toEqual([
      ada,
      { ...alan, role: 'admin' },
      { ...hedy, state: 'joined' },
    ]);
  });
});

describe('what the relay says of the members', () => {
  const hedy = member('hedy');
  const signed = { ...NOTHING, added: [hedy.accountId] };

  it('is believed after a commit when it is what its sender signed', () => {
    expect(isBelievable({ added: [hedy] }, known({ announced: signed }), 5)).toBe(true);
  });

  it.each<[string, MembersChange]>([
    ['somebody else', { added: [member('eve')] }],
    ['one more', { added: [hedy, member('eve')] }],
    ['nobody', { removed: [alan] }],
    ['and takes somebody away', { added: [hedy], removed: [alan] }],
    ['and gives a role', { added: [hedy], roles: [{ accountId: alan.accountId, role: 'owner' }] }],
    ['and accepts for them', { added: [hedy], accepted: [hedy.accountId] }],
  ])('is not believed when it brings in %s', (_case, change) => {
    expect(isBelievable(change, known({ announced: signed }), 5)).toBe(false);
  });

  it('is believed without a commit when somebody leaves or accepts, and not when somebody joins', () => {
    expect(isBelievable({ removed: [alan] }, known(), 5)).toBe(true);
    expect(isBelievable({ accepted: [alan.accountId] }, known(), 5)).toBe(true);
    expect(isBelievable({ added: [hedy] }, known(), 5)).toBe(false);
  });

  it('gives roles without a commit only when the owner leaves, and then to one of the highest', () => {
    const to = (accountId: string, role: Member['role']) => ({ roles: [{ accountId, role }] });
    expect(isBelievable(to(alan.accountId, 'admin'), known(), 5)).toBe(false);
    expect(isBelievable(to(grace.accountId, 'owner'), known(), 5)).toBe(false);
    expect(isBelievable({ ...to(alan.accountId, 'owner'), removed: [ada] }, known(), 5)).toBe(false);
    expect(isBelievable({ ...to(grace.accountId, 'owner'), removed: [ada] }, known(), 5)).toBe(true);
  });

  it('is believed of what came before this device was let in, and while there is no group', () => {
    expect(isBelievable({ added: [hedy] }, known({ believedUntil: 5 }), 5)).toBe(true);
    expect(isBelievable({ added: [hedy] }, known({ generation: 0 }), 5)).toBe(true);
  });

  it('is believed of a direct conversation when one of the two comes back, and never of a third', () => {
    const direct = { kind: 'direct', members: [ada] } as const;
    expect(isBelievable({ added: [grace] }, known(direct), 5)).toBe(true);
    expect(isBelievable({ added: [hedy] }, known({ ...direct, members: [ada, grace] }), 5)).toBe(false);
  });
});

describe('a change of members', () => {
  const roster = [ada, grace, alan];

  it('may be signed by the owner, and as far as it is of members without a role by admins', () => {
    const removed = { ...NOTHING, removed: [alan.accountId] };
    expect([ada, grace, alan, undefined].map((signer) => maySign(removed, signer, roster))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(maySign({ ...NOTHING, removed: [ada.accountId] }, grace, roster)).toBe(false);
    expect(maySign({ ...NOTHING, roles: [{ accountId: alan.accountId, role: 'admin' }] }, grace, roster)).toBe(false);
  });

  it('that is none may be signed by anybody', () => {
    expect(maySign(NOTHING, alan, roster)).toBe(true);
  });

  it('may not be signed by who is only invited', () => {
    expect(maySign({ ...NOTHING, added: ['id'] }, { ...grace, state: 'invited' }, roster)).toBe(false);
  });
});
