import { randomBytes } from 'node:crypto';
import type { AccountId, FactorId } from '#protocol';
import { newTotpSecret, openTotpSecret, sealTotpSecret, stepOf, totpKeyFrom, totpUri } from './totp.js';

/** RFC 6238, appendix B, for SHA-1: the secret `12345678901234567890` in base32, and the last six of the eight digits. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const VECTORS = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
] as const;

const at = (seconds: number): Date => new Date(seconds * 1000);
const KEY = totpKeyFrom(randomBytes(32));
const OWNER = { id: 'factor' as FactorId, accountId: 'account' as AccountId };

describe('codes', () => {
  it.each(VECTORS)('at %i seconds are those of RFC 6238', async (seconds, code) => {
    expect(await stepOf(code, { secret: SECRET, lastStep: null, at: at(seconds) })).toBe(Math.floor(seconds / 30));
  });

  it('are good in the half minute before and after their own, and no longer', async () => {
    const [seconds, code] = VECTORS[3];
    const step = Math.floor(seconds / 30);
    for (const offset of [-30, 0, 30])
      expect(await stepOf(code, { secret: SECRET, lastStep: null, at: at(seconds + offset) })).toBe(step);
    for (const offset of [-90, 90])
      expect(await stepOf(code, { secret: SECRET, lastStep: null, at: at(seconds + offset) })).toBeUndefined();
  });

  it('of a step that was taken, or of one before it, are none', async () => {
    const [seconds, code] = VECTORS[3];
    const step = Math.floor(seconds / 30);
    const asked = (lastStep: number) => stepOf(code, { secret: SECRET, lastStep, at: at(seconds) });
    expect(await asked(step - 1)).toBe(step);
    expect(await asked(step)).toBeUndefined();
    expect(await asked(step + 1)).toBeUndefined();
  });
});

describe('a secret', () => {
  it('has 160 bits and is another each time', () => {
    const secrets = Array.from({ length: 20 }, newTotpSecret);
    expect(new Set(secrets).size).toBe(20);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });

  it('opens for whom it was sealed, under the same key, and whole', () => {
    const sealed = sealTotpSecret(KEY, OWNER, SECRET);
    expect(openTotpSecret(KEY, OWNER, sealed)).toBe(SECRET);
    const turned = Buffer.from(sealed);
    turned[20]! ^= 1;
    expect(() => openTotpSecret(KEY, OWNER, turned)).toThrow();
    expect(() => openTotpSecret(totpKeyFrom(randomBytes(32)), OWNER, sealed)).toThrow();
    expect(() => openTotpSecret(KEY, { ...OWNER, id: 'other' as FactorId }, sealed)).toThrow();
    expect(() => openTotpSecret(KEY, { ...OWNER, accountId: 'other' as AccountId }, sealed)).toThrow();
  });

  it('is never sealed the same twice', () => {
    expect(sealTotpSecret(KEY, OWNER, SECRET).equals(sealTotpSecret(KEY, OWNER, SECRET))).toBe(false);
  });

  it('is read by apps from an address of its own', () => {
    expect(totpUri(SECRET, { username: 'ada', host: 'chat.example.org' })).toBe(
      `otpauth://totp/Sealpost:ada%40chat.example.org?secret=${SECRET}&issuer=Sealpost`,
    );
  });
});
