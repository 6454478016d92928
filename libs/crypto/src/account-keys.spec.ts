import { hkdfSync } from 'node:crypto';
import argon2 from 'argon2';
import type { Kdf } from '#protocol';
import { deriveAccountKeys } from './account-keys.js';

const SALT_BYTES = Buffer.from(Array.from({ length: 16 }, (_none, n) => n));
const salt = SALT_BYTES.toString('base64url');
const argon2id = {
  algorithm: 'argon2id',
  salt,
  memoryKiB: 65_536,
  iterations: 3,
  parallelism: 1,
} as const satisfies Kdf;
const pbkdf2 = { algorithm: 'pbkdf2-sha256', salt, iterations: 600_000 } as const satisfies Kdf;
const PASSWORD = 'corréct horse';

const keyOf = (master: Buffer, label: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), Buffer.from(label), 32));

describe('the keys of an account', () => {
  it('are those of another implementation of argon2id', async () => {
    const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1, hashLength: 32, type: argon2.argon2id } as const;
    const master = await argon2.hash(PASSWORD, { ...cost, salt: SALT_BYTES, raw: true });
    expect(await deriveAccountKeys(PASSWORD, argon2id)).toEqual({
      authKey: keyOf(master, 'sealpost auth 1'),
      wrapKey: keyOf(master, 'sealpost wrap 1'),
    });
  });

  it('are those of another implementation of PBKDF2', async () => {
    // Computed in Python.
    const { authKey, wrapKey } = await deriveAccountKeys(PASSWORD, pbkdf2);
    expect(Buffer.from(authKey).toString('hex')).toBe(
      '449587974347dd3c96829dad047c1cd1299726fdbcb57090fd92f816d8c13a8a',
    );
    expect(Buffer.from(wrapKey).toString('hex')).toBe(
      'a9cff42c679802ba32fd8f463f76f70eaa6ade6eb466b32413ebc1c7987ccbf6',
    );
  });

  it('are the same from a keyboard that composes its letters, and others for another password or salt', async () => {
    const keys = await deriveAccountKeys(PASSWORD, pbkdf2);
    expect(await deriveAccountKeys(PASSWORD.normalize('NFD'), pbkdf2)).toEqual(keys);
    for (const [password, kdf] of [
      ['correct horse', pbkdf2],
      [PASSWORD, { ...pbkdf2, salt: Buffer.alloc(16, 7).toString('base64url') }],
    ] as const) {
      const other = await deriveAccountKeys(password, kdf);
      expect(other.authKey).not.toEqual(keys.authKey);
      expect(other.wrapKey).not.toEqual(keys.wrapKey);
    }
  });

  const weak: [string, Kdf][] = [
    ['less memory', { ...argon2id, memoryKiB: 65_535 }],
    ['fewer passes', { ...argon2id, iterations: 2 }],
    ['fewer rounds', { ...pbkdf2, iterations: 599_999 }],
    ['a short salt', { ...argon2id, salt: Buffer.alloc(15).toString('base64url') }],
    ['no salt', { ...pbkdf2, salt: '' }],
  ];
  it.each(weak)('are not derived when the relay asks for %s (C-54)', async (_what, kdf) => {
    await expect(deriveAccountKeys(PASSWORD, kdf)).rejects.toMatchObject({ name: 'CryptoError', code: 'kdf_too_weak' });
  });

  const costly: [string, Kdf][] = [
    ['more memory than a gibibyte', { ...argon2id, memoryKiB: 1024 * 1024 + 1 }],
    ['endless passes', { ...argon2id, iterations: 33 }],
    ['many lanes', { ...argon2id, parallelism: 17 }],
    ['endless rounds', { ...pbkdf2, iterations: 10_000_001 }],
  ];
  it.each(costly)('are not derived when the relay asks for %s', async (_what, kdf) => {
    await expect(deriveAccountKeys(PASSWORD, kdf)).rejects.toMatchObject({ code: 'kdf_too_costly' });
  });

  it.each(['?', 'a'.repeat(25), 'AAAA AAAA AAAA AAAA AAAA AAAA'])('are not derived with the salt "%s"', async (bad) => {
    await expect(deriveAccountKeys(PASSWORD, { ...pbkdf2, salt: bad })).rejects.toMatchObject({ code: 'cannot_open' });
  });
});
