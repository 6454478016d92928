import { RelayRefusal } from '../relay/relay.errors.js';
import { packError, unpackError } from './packed-error.js';

/** As it arrives in a page. */
const crossed = (error: Error): Error => unpackError(structuredClone(packError(error)));

const MFA = {
  challenge: 'A'.repeat(43),
  kinds: ['passkey' as const],
  expiresIn: 300,
  passkey: {
    challenge: 'A'.repeat(43),
    rpId: 'chat.example.org',
    timeout: 300_000,
    userVerification: 'preferred',
    allowCredentials: [{ type: 'public-key', id: 'c2VhbGVk' }],
  },
};

describe('an error that crosses', () => {
  it('brings the second factor that is asked for', () => {
    const error = crossed(new RelayRefusal({ code: 'mfa_required', status: 401, mfa: MFA }));
    expect(error).toBeInstanceOf(RelayRefusal);
    expect((error as RelayRefusal).mfa).toEqual(MFA);
  });

  it('leaves behind what is no data, and what is too deep to look at', () => {
    const deep = { a: { b: { c: { d: { e: {} } } } } };
    const error = Object.assign(new Error('odd'), { deep, made: new Map(), does: () => 1, plain: [{ n: 1 }] });
    const arrived = crossed(error) as Error & Record<string, unknown>;
    expect([arrived.deep, arrived.made, arrived.does, arrived.plain]).toEqual([
      undefined,
      undefined,
      undefined,
      [{ n: 1 }],
    ]);
  });
});
