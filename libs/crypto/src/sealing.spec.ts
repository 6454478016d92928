import { hkdfSync } from 'node:crypto';
import { scaled, wycheproof } from '#testing';
import { type Bytes, deriveKey, open, seal } from './sealing.js';

const hex = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'));
const SEALED = scaled({ ci: 20_000, gate: 1_000_000 });

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

describe('what is sealed', () => {
  const key = random(32);
  const additionalData = random(20);

  it('is opened with the same key in the same context, and says nothing else', async () => {
    const content = random(1_000);
    const sealed = await seal(content, { key, additionalData });
    expect(sealed).toHaveLength(1 + 12 + 1_000 + 16);
    expect(await open(sealed, { key, additionalData })).toEqual(content);
  });

  it('of no content is still authentic', async () => {
    const sealed = await seal(new Uint8Array(), { key, additionalData });
    expect(await open(sealed, { key, additionalData })).toHaveLength(0);
    await expect(open(sealed, { key, additionalData: new Uint8Array() })).rejects.toMatchObject({
      code: 'cannot_open',
    });
  });

  it('never has a nonce twice (C-52)', async () => {
    const nonces = new Set<string>();
    for (let n = 0; n < SEALED; n++) {
      const sealed = await seal(new Uint8Array(), { key, additionalData });
      nonces.add(Buffer.from(sealed.subarray(1, 13)).toString('hex'));
    }
    expect(nonces.size).toBe(SEALED);
  });

  it('opens in no other form, and shorter than it can be not at all', async () => {
    const sealed = await seal(random(3), { key, additionalData });
    for (let length = 0; length < sealed.length; length++)
      await expect(open(sealed.subarray(0, length), { key, additionalData })).rejects.toMatchObject({
        code: 'cannot_open',
      });
    await expect(open(Uint8Array.of(2, ...sealed.subarray(1)), { key, additionalData })).rejects.toMatchObject({
      code: 'cannot_open',
    });
  });

  const cases = wycheproof('aes_gcm')
    .filter(({ keySize, ivSize }) => keySize === 256 && ivSize === 96)
    .flatMap(({ tests }) => tests);
  it.each(cases)('is judged as Project Wycheproof has it: AES-GCM case $tcId', async (given) => {
    const sealed = hex(`01${given.iv}${given.ct}${given.tag}`);
    const opened = open(sealed, { key: hex(given.key), additionalData: hex(given.aad) });
    if (given.result === 'valid') expect(await opened).toEqual(hex(given.msg));
    else await expect(opened).rejects.toMatchObject({ code: 'cannot_open' });
  });
});

describe('a derived key', () => {
  it('is the one that Node derives with an empty salt', async () => {
    const [secret, info] = [random(32), random(15)];
    expect(await deriveKey(secret, info)).toEqual(
      new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), info, 32)),
    );
  });

  // Of longer output the first 32 bytes are the same (RFC 5869 §2.3).
  const cases = wycheproof('hkdf_sha256')
    .flatMap(({ tests }) => tests)
    .filter(({ salt, size, result }) => salt === '' && size >= 32 && result === 'valid');
  it.each(cases)('is as Project Wycheproof has it: HKDF-SHA-256 case $tcId', async ({ ikm, info, okm }) => {
    expect(await deriveKey(hex(ikm), hex(info))).toEqual(hex(okm).subarray(0, 32));
  });
});
