import type { AccountId, ConversationId, MemberRole } from '#protocol';
import { LIMITS } from '#protocol';
import { Forbidden, NotFound } from '../platform/errors/refusal.js';
import type { Member } from './conversation.js';
import { AlreadyMember, ConversationFull, OwnerNeeded } from './conversations.errors.js';
import {
  acceptance,
  addition,
  type Candidate,
  departure,
  founding,
  managerOf,
  memberOf,
  removal,
  reopening,
  roleChange,
  type Roster,
} from './membership-rules.js';

const NO_GROUP = { generation: 0, epoch: 0 };

const id = (name: string) => `id-of-${name}` as AccountId;

function member(username: string, role: MemberRole = 'member', more: Partial<Member> = {}): Member {
  return { accountId: id(username), username, displayName: username, role, state: 'joined', joinedSeq: 1, ...more };
}

function candidate(username: string, admission: Candidate['admission'] = 'joined'): Candidate {
  return { accountId: id(username), username, admission };
}

function group(...members: Member[]): Roster {
  return {
    head: {
      id: 'group' as ConversationId,
      kind: 'group',
      protocol: 'opaque',
      group: NO_GROUP,
      lastSeq: 9,
      rosterSeq: 9,
    },
    members,
  };
}

function direct(...members: Member[]): Roster {
  return {
    head: {
      id: 'direct' as ConversationId,
      kind: 'direct',
      protocol: 'opaque',
      group: NO_GROUP,
      lastSeq: 9,
      rosterSeq: 9,
    },
    members,
  };
}

const owner = member('ada', 'owner');
const admin = member('grace', 'admin');
const plain = member('alan');
const asked = member('edsger', 'member', { state: 'invited' });

describe('who a conversation exists for', () => {
  it('exists for joined members', () => {
    expect(memberOf(group(owner, plain), id('alan'))).toBe(plain);
  });

  it.each(['edsger', 'stranger'])('does not exist for %s, who has not joined', (name) => {
    expect(() => memberOf(group(owner, asked), id(name))).toThrow(NotFound);
  });
});

describe('who manages a group', () => {
  it.each([owner, admin])('$role does', (manager) => {
    expect(managerOf(group(owner, admin, plain), manager.accountId)).toBe(manager);
  });

  it('a member without a role does not', () => {
    expect(() => managerOf(group(owner, plain), id('alan'))).toThrow(Forbidden);
  });

  it('nobody manages a direct conversation', () => {
    expect(() => managerOf(direct(plain, member('grace')), id('alan'))).toThrow(Forbidden);
  });
});

describe('founding a group', () => {
  const founder = { accountId: id('ada'), username: 'ada', role: 'owner', state: 'joined' } as const;

  it('makes the founder its owner, and asks those whose privacy wants to be asked', () => {
    expect(founding(founder, [candidate('grace'), candidate('alan', 'invited')], 3).added).toEqual([
      founder,
      { accountId: id('grace'), username: 'grace', role: 'member', state: 'joined' },
      { accountId: id('alan'), username: 'alan', role: 'member', state: 'invited' },
    ]);
  });

  it('needs room for everybody, the founder and the invited included', () => {
    expect(() => founding(founder, [candidate('grace'), candidate('alan', 'invited')], 2)).toThrow(ConversationFull);
  });
});

describe('adding people', () => {
  const add = (roster: Roster, actor: string, candidates: Candidate[], role: MemberRole = 'member') =>
    addition(roster, id(actor), { candidates, role, atMost: LIMITS.membersPerConversation });

  it('lets an admin add members', () => {
    expect(add(group(owner, admin), 'grace', [candidate('alan')]).added).toEqual([
      { accountId: id('alan'), username: 'alan', role: 'member', state: 'joined' },
    ]);
  });

  it('lets the owner alone add admins', () => {
    expect(add(group(owner), 'ada', [candidate('grace')], 'admin').added?.[0]?.role).toBe('admin');
    expect(() => add(group(owner, admin), 'grace', [candidate('alan')], 'admin')).toThrow(Forbidden);
  });

  it.each([plain, asked])('adds nobody twice, $state or not', (present) => {
    expect(() => add(group(owner, present), 'ada', [candidate('new'), candidate(present.username)])).toThrow(
      AlreadyMember,
    );
  });

  it('adds none when one refuses, as if that one did not exist', () => {
    expect(() => add(group(owner), 'ada', [candidate('alan'), candidate('edsger', 'refused')])).toThrow(NotFound);
  });

  it('stops at the greatest number of members', () => {
    const crowd = Array.from({ length: LIMITS.membersPerConversation - 1 }, (_, n) => member(`member${n}`));
    expect(add(group(owner, ...crowd.slice(1)), 'ada', [candidate('alan')]).added).toHaveLength(1);
    expect(() => add(group(owner, ...crowd), 'ada', [candidate('alan')])).toThrow(ConversationFull);
  });
});

describe('removing members', () => {
  it('lets the owner remove admins', () => {
    expect(removal(group(owner, admin), id('ada'), ['grace'])).toEqual({ removed: [admin] });
  });

  it.each(['ada', 'barbara'])('does not let an admin remove %s, who has a role', (name) => {
    const roster = group(owner, admin, member('barbara', 'admin'));
    expect(() => removal(roster, id('grace'), [name])).toThrow(Forbidden);
  });

  it('takes invitations back', () => {
    expect(removal(group(owner, admin, asked), id('grace'), ['edsger'])).toEqual({ removed: [asked] });
  });

  it('passes over who is not in it', () => {
    expect(removal(group(owner, plain), id('ada'), ['nobody'])).toBeUndefined();
    expect(removal(group(owner, plain), id('ada'), ['nobody', 'alan'])).toEqual({ removed: [plain] });
  });

  it('is no way to go oneself', () => {
    expect(() => removal(group(owner, plain), id('ada'), ['ada'])).toThrow(Forbidden);
  });
});

describe('leaving', () => {
  it('hands the group to the longest-standing admin', () => {
    const newer = member('barbara', 'admin', { joinedSeq: 7 });
    const older = member('grace', 'admin', { joinedSeq: 4 });
    expect(departure(group(owner, plain, newer, older), id('ada'))).toEqual({
      removed: [owner],
      roles: [{ accountId: id('grace'), role: 'owner' }],
    });
  });

  it('hands it to the longest-standing member when there is no admin, never to an invited one', () => {
    const older = member('grace', 'member', { joinedSeq: 2 });
    const newer = member('alan', 'member', { joinedSeq: 3 });
    const change = departure(group(owner, asked, newer, older), id('ada'));
    expect(change?.roles).toEqual([{ accountId: id('grace'), role: 'owner' }]);
  });

  it('ends the group and its invitations with the last member', () => {
    expect(departure(group(owner, asked), id('ada'))).toEqual({ removed: [owner, asked] });
  });

  it('leaves the others alone when it is not the owner who goes', () => {
    expect(departure(group(owner, plain), id('alan'))).toEqual({ removed: [plain] });
  });

  it('declines an invitation', () => {
    expect(departure(group(owner, asked), id('edsger'))).toEqual({ removed: [asked] });
  });

  it('takes back the request of a direct conversation', () => {
    expect(departure(direct(plain, asked), id('alan'))).toEqual({ removed: [plain, asked] });
  });

  it('does nothing for who is not in it', () => {
    expect(departure(group(owner), id('stranger'))).toBeUndefined();
  });
});

describe('accepting', () => {
  it('joins the invited, once', () => {
    expect(acceptance(group(owner, asked), id('edsger'))).toEqual({ accepted: [id('edsger')] });
    expect(acceptance(group(owner, plain), id('alan'))).toBeUndefined();
  });

  it('needs an invitation', () => {
    expect(() => acceptance(group(owner), id('stranger'))).toThrow(NotFound);
  });
});

describe('giving roles', () => {
  const give = (actor: string, username: string, role: MemberRole) =>
    roleChange(group(owner, admin, plain, asked), id(actor), { username, role });

  it('is for the owner', () => {
    expect(give('ada', 'alan', 'admin')).toEqual({ roles: [{ accountId: id('alan'), role: 'admin' }] });
    expect(() => give('grace', 'alan', 'admin')).toThrow(Forbidden);
    expect(() => give('alan', 'alan', 'admin')).toThrow(Forbidden);
  });

  it('makes an owner who hands over an admin', () => {
    expect(give('ada', 'alan', 'owner')?.roles).toEqual([
      { accountId: id('alan'), role: 'owner' },
      { accountId: id('ada'), role: 'admin' },
    ]);
  });

  it('leaves no group without an owner', () => {
    expect(() => give('ada', 'ada', 'member')).toThrow(OwnerNeeded);
  });

  it('changes nothing when they have the role', () => {
    expect(give('ada', 'grace', 'admin')).toBeUndefined();
  });

  it.each(['edsger', 'nobody'])('gives none to %s, who is not in it', (name) => {
    expect(() => give('ada', name, 'admin')).toThrow(NotFound);
  });
});

describe('finding a direct conversation', () => {
  const both = [candidate('ada'), candidate('grace')];

  it('changes nothing while both are in it', () => {
    expect(reopening(direct(member('ada'), member('grace')), id('ada'), both)).toBeUndefined();
  });

  it('opens a stay for whoever has none', () => {
    expect(reopening(direct(member('ada')), id('ada'), both)?.added).toEqual([
      { accountId: id('grace'), username: 'grace', role: 'member', state: 'joined' },
    ]);
  });

  it('asks again who wants to be asked', () => {
    const change = reopening(direct(), id('ada'), [candidate('ada'), candidate('grace', 'invited')]);
    expect(change?.added?.map(({ state }) => state)).toEqual(['joined', 'invited']);
  });

  it('accepts the invitation of who writes back', () => {
    const roster = direct(member('grace'), member('ada', 'member', { state: 'invited' }));
    expect(reopening(roster, id('ada'), both)).toEqual({ accepted: [id('ada')] });
  });

  it('does not accept for the other one', () => {
    const roster = direct(member('ada'), member('grace', 'member', { state: 'invited' }));
    expect(reopening(roster, id('ada'), both)).toBeUndefined();
  });

  it('opens nothing for who refuses', () => {
    expect(() =>
      reopening(direct(member('ada')), id('ada'), [candidate('ada'), candidate('grace', 'refused')]),
    ).toThrow(NotFound);
  });
});
