import type { MfaChallenge, SecondFactor } from '#sdk';
import { FactorAsks } from './factor-asks.js';

const ASKED: MfaChallenge = { challenge: 'c', kinds: ['totp'], expiresIn: 300 };
const RIGHT = '123456';

const failing = (code: string, mfa?: MfaChallenge): Error => Object.assign(new Error(code), { code, mfa });

/** A session that may do something once it has shown the right code. */
function guarded() {
  let isShown = false;
  const mfa = {
    stepUp: (_asked: MfaChallenge, given: SecondFactor): Promise<void> => {
      if (given.kind !== 'totp' || given.code !== RIGHT) return Promise.reject(failing('invalid_mfa_code'));
      isShown = true;
      return Promise.resolve();
    },
  };
  const work = (): Promise<string> =>
    isShown ? Promise.resolve('done') : Promise.reject(failing('mfa_required', ASKED));
  return { client: { mfa }, work };
}

/** Answers each question with the next code, or closes the window. */
function answering(asks: FactorAsks, ...codes: (string | undefined)[]): boolean[] {
  const wrong: boolean[] = [];
  asks.pending.subscribe(() => {
    const ask = asks.pending.get();
    if (ask === undefined) return;
    wrong.push(ask.asked.wasWrong);
    const code = codes.shift();
    queueMicrotask(() => (code === undefined ? ask.cancel() : ask.answer({ kind: 'totp', code })));
  });
  return wrong;
}

describe('what takes a second factor', () => {
  it('asks until one is right, and is done then', async () => {
    const asks = new FactorAsks();
    const { client, work } = guarded();
    const wrong = answering(asks, '000000', RIGHT);
    expect(await asks.around(client, work)).toBe('done');
    expect(wrong).toEqual([false, true]);
    expect(asks.pending.get()).toBeUndefined();
  });

  it('is not done when the window is closed', async () => {
    const asks = new FactorAsks();
    const { client, work } = guarded();
    answering(asks, '000000', undefined);
    await expect(asks.around(client, work)).rejects.toMatchObject({ code: 'cancelled' });
    expect(asks.pending.get()).toBeUndefined();
  });

  it('fails as it does, when that has another reason', async () => {
    const asks = new FactorAsks();
    const { client } = guarded();
    const work = (): Promise<never> => Promise.reject(failing('not_found'));
    await expect(asks.around(client, work)).rejects.toMatchObject({ code: 'not_found' });
  });
});
