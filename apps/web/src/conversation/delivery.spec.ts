import type { Marks, Member } from '#sdk';
import { deliveryOf } from './delivery.js';

const member = (accountId: string, given: Partial<Member> = {}): Member => ({
  accountId,
  username: accountId,
  role: 'member',
  state: 'joined',
  ...given,
});
const group = [member('ada'), member('grace'), member('alan')];
const delivery = (seq: number, known: readonly Marks[], members: readonly Member[] = group) =>
  deliveryOf(seq, { members, marks: new Map(known.map((one) => [one.accountId, one])), ownAccountId: 'ada' });

describe('a message of one’s own', () => {
  it.each([
    ['sent', [{ accountId: 'grace', delivered: 7, read: 7 }]],
    [
      'delivered',
      [
        { accountId: 'grace', delivered: 7, read: 7 },
        { accountId: 'alan', delivered: 8, read: 6 },
      ],
    ],
    [
      'read',
      [
        { accountId: 'grace', delivered: 7, read: 7 },
        { accountId: 'alan', delivered: 8, read: 8 },
      ],
    ],
  ] as const)('is %s as far as it is with the last of the others', (expected, known) => {
    expect(delivery(7, known)).toBe(expected);
  });

  it('waits for nobody who came later, or has not come yet', () => {
    const members = [...group, member('eve', { since: 9 }), member('bob', { state: 'invited' })];
    const known = ['grace', 'alan'].map((accountId) => ({ accountId, delivered: 7, read: 7 }));
    expect(delivery(7, known, members)).toBe('read');
  });

  it('is sent where nobody else is', () => {
    expect(delivery(7, [], [member('ada')])).toBe('sent');
  });
});
