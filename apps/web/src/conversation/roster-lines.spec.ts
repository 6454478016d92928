import type { RosterChange } from '#sdk';
import { mergedChanges, rosterLines } from './roster-lines.js';

const ada = { accountId: 'ada', username: 'ada' };
const change = (seq: number, name: string, given: Partial<RosterChange> = {}): RosterChange => ({
  seq,
  atMs: seq,
  kind: 'added',
  accountId: name,
  username: name,
  by: ada,
  ...given,
});
const said = (changes: readonly RosterChange[]) =>
  rosterLines(changes).map(({ kind, people }) => [kind, ...people.map(({ username }) => username)]);

describe('the lines about members', () => {
  it('are one for all to whom the same happened at once', () => {
    const changes = [change(2, 'grace'), change(2, 'alan'), change(3, 'hedy'), change(3, 'alan', { kind: 'removed' })];
    expect(said(changes)).toEqual([
      ['added', 'grace', 'alan'],
      ['added', 'hedy'],
      ['removed', 'alan'],
    ]);
  });

  it('have none for who steps down by handing a group over', () => {
    const handed = [
      change(4, 'grace', { kind: 'role', role: 'owner' }),
      change(4, 'ada', { kind: 'role', role: 'admin' }),
    ];
    expect(said(handed)).toEqual([['role', 'grace']]);
  });

  it('have each change once, in the order of the log, however often it is told', () => {
    const told = [change(2, 'grace'), change(2, 'alan')];
    expect(mergedChanges([change(5, 'hedy'), ...told], told).map(({ username }) => username)).toEqual([
      'grace',
      'alan',
      'hedy',
    ]);
  });
});
