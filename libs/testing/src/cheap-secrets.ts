import type * as argon2 from 'argon2';

/**
 * Run before each test file of every day. What a guess costs whoever has stolen the relay's database is no matter to tests that
 * open accounts by the dozen: a third of their time went there. Tests of the hash itself take the mock away
 * (`jest.unmock('argon2')`); built relays, and all tests before a release, pay the real price.
 */
jest.mock('argon2', () => {
  const real = jest.requireActual<typeof argon2>('argon2');
  const cheap = { memoryCost: 8, timeCost: 1, parallelism: 1 };
  return {
    ...real,
    hash: (secret: Buffer) => real.hash(secret, cheap),
    needsRehash: (stored: string) => real.needsRehash(stored, cheap),
  };
});
