import { RelayRefusal } from '../relay/relay.errors.js';
import { type AskToKeep, keepingAccount } from './keeping.js';

const DUE = '2026-12-13T09:30:00.000Z';
const pending = new RelayRefusal({ code: 'account_deletion_pending', status: 403, deletionDueAt: DUE });

/** A relay that lets in whoever keeps the account, and what it was asked. */
function gate(refusal: unknown = pending) {
  const asked: unknown[] = [];
  const enter = (decision: { cancelDeletion?: true }): Promise<string> => {
    asked.push(decision);
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever a relay refuses with
    return decision.cancelDeletion === true ? Promise.resolve('in') : Promise.reject(refusal);
  };
  return { asked, enter };
}

const yes: AskToKeep = () => Promise.resolve(true);
const no: AskToKeep = () => Promise.resolve(false);

describe('an account that is to be deleted', () => {
  it('is kept when whoever signs in says so, who is told when it would be deleted', async () => {
    const { asked, enter } = gate();
    const told: unknown[] = [];
    const ask: AskToKeep = (one) => {
      told.push(one);
      return Promise.resolve(true);
    };
    expect(await keepingAccount(enter, ask)).toBe('in');
    expect([told, asked]).toEqual([[{ dueAt: DUE }], [{}, { cancelDeletion: true }]]);
  });

  it.each([
    ['says no', no],
    ['is not asked', undefined],
  ])('is not kept when whoever signs in %s', async (_how, ask) => {
    const { asked, enter } = gate();
    await expect(keepingAccount(enter, ask)).rejects.toBe(pending);
    expect(asked).toEqual([{}]);
  });

  it('is not asked about for any other refusal', async () => {
    const other = new RelayRefusal({ code: 'invalid_credentials', status: 401 });
    const { asked, enter } = gate(other);
    await expect(keepingAccount(enter, yes)).rejects.toBe(other);
    expect(asked).toEqual([{}]);
  });
});
