import { RelayRefusal } from '../relay/relay.errors.js';
import { answerOf, type SecondFactorAnswer, type SecondFactorRequest, withSecondFactor } from './second-factor.js';

const ASKED = { challenge: 'A'.repeat(43), kinds: ['totp' as const], expiresIn: 300 };

const refusal = (code: string, mfa?: typeof ASKED): RelayRefusal => new RelayRefusal({ code, status: 401, mfa });

/** A relay that takes one code, and what it was asked. */
function relayThatTakes(right: string) {
  const asked: SecondFactorRequest[] = [];
  const first = (): Promise<string> => Promise.reject(refusal('mfa_required', ASKED));
  const second = (answer: ReturnType<typeof answerOf>, trustDevice: boolean): Promise<string> =>
    answer.proof.kind === 'totp' && answer.proof.code === right
      ? Promise.resolve(`in, ${trustDevice ? 'trusted' : 'asked again'}`)
      : Promise.reject(refusal('invalid_mfa_code'));
  const answering =
    (...codes: SecondFactorAnswer[]) =>
    async (request: SecondFactorRequest): Promise<SecondFactorAnswer> => {
      asked.push(request);
      return Promise.resolve(codes.shift()!);
    };
  return { asked, first, second, answering };
}

const totp = (code: string): SecondFactorAnswer => ({ kind: 'totp', code });

describe('a sign-in that takes a second factor', () => {
  it('asks until one is right, and says that the one before was not', async () => {
    const { asked, first, second, answering } = relayThatTakes('123456');
    const ask = answering(totp('000000'), totp('12 34'), { ...totp(' 123 456 '), trustDevice: true });
    expect(await withSecondFactor(first, second, ask)).toBe('in, trusted');
    expect(asked).toEqual([false, true, true].map((wasWrong) => ({ ...ASKED, wasWrong })));
  });

  it('is refused where nobody can be asked, and ends when whoever is asked gives up', async () => {
    const { first, second } = relayThatTakes('123456');
    await expect(withSecondFactor(first, second, undefined)).rejects.toMatchObject({ code: 'mfa_required' });
    const givingUp = withSecondFactor(first, second, () => Promise.reject(new Error('given up')));
    await expect(givingUp).rejects.toThrow('given up');
  });

  it('ends when the challenge is void', async () => {
    const { first, answering } = relayThatTakes('123456');
    const second = (): Promise<string> => Promise.reject(refusal('invalid_mfa_challenge'));
    const attempt = withSecondFactor(first, second, answering(totp('123456')));
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_mfa_challenge' });
  });
});

describe('a recovery code', () => {
  it.each(['03-K5QW-7TZA-M2XE-LNGB', '03k5qw7tzam2xelngb', ' 03 k5qw 7tza m2xe lngb '])('is read as %s', (code) => {
    const { proof } = answerOf(ASKED, { kind: 'recovery_code', code });
    expect(proof).toEqual({ kind: 'recovery_code', code: '03-K5QW-7TZA-M2XE-LNGB' });
  });

  it.each(['', '03', '03-K5QW-7TZA-M2XE-LNG', '03-K5QW-7TZA-M2XE-LNGB-A', '03-K5Q1-7TZA-M2XE-LNGB'])(
    'is not %p, of which the relay is not asked',
    (code) => {
      expect(() => answerOf(ASKED, { kind: 'recovery_code', code })).toThrow(
        expect.objectContaining({ code: 'invalid_mfa_code' }) as Error,
      );
    },
  );
});

describe('what a passkey has signed', () => {
  const response = { clientDataJSON: 'a', authenticatorData: 'b', signature: 'c' };

  it.each([[undefined], ['']])('goes without a handle when it has none: %p', (userHandle) => {
    const { proof } = answerOf(ASKED, {
      kind: 'passkey',
      assertion: { id: 'i', response: { ...response, userHandle } },
    });
    expect(proof).toEqual({ kind: 'passkey', credentialId: 'i', ...response });
  });
});
