import { MLS_SUITES } from '#protocol';
import { kdfOf } from './kdf.js';

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));
const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

describe('the HKDF of a suite', () => {
  it('is the one of RFC 5869 (test case 1)', async () => {
    const { extract, expand, size } = kdfOf(MLS_SUITES.x25519);
    const key = await extract(hex('000102030405060708090a0b0c'), hex('0b'.repeat(22)));
    const made = '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865';
    expect([size, key]).toEqual([32, hex('077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5')]);
    expect(await expand(key, hex('f0f1f2f3f4f5f6f7f8f9'), 42)).toEqual(hex(made));
  });

  it.each([
    ['SHA-256', MLS_SUITES.x25519, 32],
    ['SHA-512', MLS_SUITES.xWing, 64],
  ] as const)('with %s makes what WebCrypto makes', async (hash, suite, size) => {
    const kdf = kdfOf(suite);
    expect(kdf.size).toBe(size);
    for (const length of [1, 12, size - 1, size, size + 1, 255 * size]) {
      const [salt, secret, info] = [random(size), random(32 + (length % 100)), random(length % 300)];
      const imported = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
      const made = await crypto.subtle.deriveBits({ name: 'HKDF', hash, salt, info }, imported, 8 * length);
      expect(await kdf.expand(await kdf.extract(salt, secret), info, length)).toEqual(new Uint8Array(made));
    }
    await expect(kdf.expand(random(size), random(1), 255 * size + 1)).rejects.toThrow();
  });
});
