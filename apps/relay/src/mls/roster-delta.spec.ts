import type { AccountId, RosterDelta } from '#protocol';
import type { Candidate, RosterChange } from '../conversations/index.js';
import { ConversationFull } from '../conversations/index.js';
import { Forbidden, NotFound } from '../platform/errors/refusal.js';
import { memberNamed, rosterOf } from './commits.fixture.js';
import { InvalidCommit } from './mls.errors.js';
import { rosterChange } from './roster-delta.js';

const ada = memberNamed('ada', 'owner');
const grace = memberNamed('grace', 'admin');
const alan = memberNamed('alan');
const roster = rosterOf(ada, grace, alan);

function candidate(name: string, admission: Candidate['admission'] = 'joined'): Candidate {
  return { accountId: name as AccountId, username: name, admission };
}

function changed(
  delta: Partial<RosterDelta>,
  { by = 'ada', candidates = [], atMost = 10 }: { by?: string; candidates?: Candidate[]; atMost?: number } = {},
): RosterChange | undefined {
  const whole = { added: [], removed: [], roles: [], ...delta };
  return rosterChange(whole, roster, by as AccountId, { candidates, atMost });
}

const toAdmin = { accountId: 'alan', role: 'admin' } as const;

describe('what a commit makes of the roster', () => {
  it('is nothing when it says nothing', () => {
    expect(changed({}, { by: 'alan' })).toBeUndefined();
  });

  it('is additions, removals and a role, all in one change', () => {
    const change = changed(
      { added: ['hedy'], removed: ['grace'], roles: [toAdmin] },
      { candidates: [candidate('hedy')] },
    );
    expect(change).toEqual({
      added: [{ accountId: 'hedy', username: 'hedy', role: 'member', state: 'joined' }],
      removed: [grace],
      roles: [toAdmin],
    });
  });

  it('asks those who want to be asked', () => {
    const change = changed({ added: ['hedy'] }, { candidates: [candidate('hedy', 'invited')] });
    expect(change?.added).toMatchObject([{ accountId: 'hedy', state: 'invited' }]);
  });

  it('is refused to those whom the same would be refused without a commit', () => {
    const hedy = { candidates: [candidate('hedy')] };
    expect(() => changed({ added: ['hedy'] }, { ...hedy, by: 'alan' })).toThrow(Forbidden);
    expect(() => changed({ removed: ['alan'] }, { by: 'alan' })).toThrow(Forbidden);
    expect(() => changed({ removed: ['ada'] }, { by: 'grace' })).toThrow(Forbidden);
    expect(() => changed({ roles: [toAdmin] }, { by: 'grace' })).toThrow(Forbidden);
    expect(() => changed({ added: ['hedy'] }, { candidates: [candidate('hedy', 'refused')] })).toThrow(NotFound);
    expect(() => changed({ added: ['hedy'] }, { ...hedy, atMost: 3 })).toThrow(ConversationFull);
    expect(() => changed({}, { by: 'stranger' })).not.toThrow();
  });

  it('means nobody by a name that is not on the roster', () => {
    expect(() => changed({ removed: ['hedy'] })).toThrow(InvalidCommit);
    expect(() => changed({ roles: [{ accountId: 'hedy', role: 'admin' }] })).toThrow(InvalidCommit);
  });
});

describe('the roles that a commit gives', () => {
  it('hand the group over with both sides named', () => {
    const roles = [
      { accountId: 'ada', role: 'admin' },
      { accountId: 'grace', role: 'owner' },
    ] as const;
    const given = changed({ roles })?.roles;
    expect(given).toHaveLength(2);
    expect(given).toEqual(expect.arrayContaining([...roles]));
  });

  it.each<[string, Partial<RosterDelta>]>([
    ['the group handed over with one side named', { roles: [{ accountId: 'grace', role: 'owner' }] }],
    ['nobody else', { roles: [{ accountId: 'ada', role: 'admin' }] }],
    ['two people at once', { roles: [toAdmin, { accountId: 'grace', role: 'member' }] }],
    ['the role they have', { roles: [{ accountId: 'alan', role: 'member' }] }],
    ['somebody who leaves', { removed: ['alan'], roles: [toAdmin] }],
  ])('are not of %s', (_case, delta) => {
    expect(() => changed(delta)).toThrow(InvalidCommit);
  });
});
