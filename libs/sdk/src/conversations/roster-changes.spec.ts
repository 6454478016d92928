import type { MembersChange } from '#protocol';
import { rosterChangesOf } from './roster-changes.js';

const ada = { accountId: 'id-of-ada', username: 'ada' };
const grace = { accountId: 'id-of-grace', username: 'grace' };
const alan = { accountId: 'id-of-alan', username: 'alan' };
const comes = (who: typeof ada) => ({ ...who, role: 'member', state: 'joined' }) as const;
const said = (change: MembersChange, by?: typeof ada) =>
  rosterChangesOf({
    seq: 7,
    atMs: 1,
    change,
    by: by?.accountId,
    nameOf: (accountId) => accountId.replace('id-of-', ''),
  }).map(({ kind, username, by: signer, role }) => [kind, username, signer?.username ?? null, role].filter(Boolean));

describe('what happened to the members', () => {
  it('is told of each of them, with who signed for it', () => {
    expect(said({ added: [comes(grace), comes(alan)] }, ada)).toEqual([
      ['added', 'grace', 'ada'],
      ['added', 'alan', 'ada'],
    ]);
    expect(said({ removed: [alan] }, ada)).toEqual([['removed', 'alan', 'ada']]);
    expect(said({ roles: [{ accountId: grace.accountId, role: 'admin' }] }, ada)).toEqual([
      ['role', 'grace', 'ada', 'admin'],
    ]);
  });

  it('is leaving when nobody signed for it, or only who went', () => {
    expect(said({ removed: [alan] })).toEqual([['left', 'alan']]);
    expect(said({ removed: [alan] }, alan)).toEqual([['left', 'alan']]);
  });

  it('is accepting, of who was asked', () => {
    expect(said({ accepted: [alan.accountId] }, alan)).toEqual([['accepted', 'alan']]);
  });

  it('is two things when an owner leaves: nobody has given the other one their role', () => {
    const change: MembersChange = { removed: [ada], roles: [{ accountId: grace.accountId, role: 'owner' }] };
    for (const by of [undefined, ada])
      expect(said(change, by)).toEqual([
        ['left', 'ada'],
        ['role', 'grace', 'owner'],
      ]);
  });
});
