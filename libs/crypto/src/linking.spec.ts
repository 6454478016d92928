import { bitsTurned } from '#testing';
import {
  linkAsNewDevice,
  linkAsOldDevice,
  type LinkingKeys,
  newLinkingKeys,
  openProvisioning,
  readLinkingCode,
  sealProvisioning,
  writeLinkingCode,
} from './linking.js';
import type { Bytes } from './sealing.js';

const SLOT = 'q83vEjRWeJCrze8SNFZ4kA';
const PKCS8 = '302e020100300506032b656e04220420';
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'));

/** Private keys of 32 times the same byte. Computed by another implementation (Node's `crypto`): the wire form of a linking. */
const GOLDEN = {
  newPublicKey: 'a4e09292b651c278b9772c569f5fa9bb13d906b46ab68c9df9dc2b4409f8a209',
  oldPublicKey: 'ce8d3ad1ccb633ec7b70c17814a5c76ecd029685050d344745ba05870e587d59',
  code: 'sealpost-link:1.q83vEjRWeJCrze8SNFZ4kA.tSH8nWjPPFs2mLd3SfUieg',
  key: 'bd6ac8f1711930c497e8442a6705eb33d2d47edc63f657297821b700295132cb',
  words: 'dust park garbage salute omit before',
};

async function keysOf(byte: number, publicKey: string): Promise<LinkingKeys> {
  const pkcs8 = bytes(PKCS8 + Buffer.alloc(32, byte).toString('hex'));
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, 'X25519', false, ['deriveBits']),
    publicKey: bytes(publicKey),
  };
}

/** Both devices, and what each has of the other by way of the relay. */
async function devices(): Promise<{ fresh: LinkingKeys; old: LinkingKeys; code: string }> {
  const [fresh, old] = await Promise.all([newLinkingKeys(), newLinkingKeys()]);
  return { fresh, old, code: await writeLinkingCode(SLOT, fresh.publicKey) };
}

describe('linking a device', () => {
  it('gives both the same six words, and hands over what only the new one can open', async () => {
    const { fresh, old, code } = await devices();
    const ofOld = await linkAsOldDevice(old, readLinkingCode(code), fresh.publicKey);
    const ofNew = await linkAsNewDevice(fresh, SLOT, old.publicKey);
    expect(ofNew.words).toEqual(ofOld.words);
    expect(ofNew.words).toHaveLength(6);
    for (const word of ofNew.words) expect(word).toMatch(/^[a-z]{3,8}$/);
    const content = crypto.getRandomValues(new Uint8Array(500));
    const sealed = await sealProvisioning(content, ofOld);
    expect(await openProvisioning(sealed, ofNew)).toEqual(content);
    for (const turned of bitsTurned(sealed.slice(0, 40)))
      await expect(openProvisioning(turned, ofNew)).rejects.toMatchObject({ code: 'cannot_open' });
  });

  it('has the form it always had', async () => {
    const [fresh, old] = await Promise.all([keysOf(1, GOLDEN.newPublicKey), keysOf(2, GOLDEN.oldPublicKey)]);
    expect(await writeLinkingCode(SLOT, fresh.publicKey)).toBe(GOLDEN.code);
    const ofOld = await linkAsOldDevice(old, readLinkingCode(GOLDEN.code), fresh.publicKey);
    const ofNew = await linkAsNewDevice(fresh, SLOT, old.publicKey);
    for (const { key, words } of [ofOld, ofNew])
      expect([hex(key), words.join(' ')]).toEqual([GOLDEN.key, GOLDEN.words]);
  });

  it('has other words and another key each time, in each slot', async () => {
    const { fresh, old } = await devices();
    const links = await Promise.all(
      [SLOT, 'AAAAAAAAAAAAAAAAAAAAAA'].map((slotId) => linkAsNewDevice(fresh, slotId, old.publicKey)),
    );
    expect(new Set(links.map(({ key }) => hex(key))).size).toBe(2);
    expect(new Set(links.map(({ words }) => words.join())).size).toBe(2);
  });
});

describe('a relay that stands between two devices', () => {
  it('cannot offer a key of its own: the code that went around it says another', async () => {
    const { old, code } = await devices();
    const between = await newLinkingKeys();
    await expect(linkAsOldDevice(old, readLinkingCode(code), between.publicKey)).rejects.toMatchObject({
      name: 'CryptoError',
      code: 'not_committed',
    });
  });

  it('cannot move an offer to another slot', async () => {
    const { fresh, old, code } = await devices();
    const moved = { ...readLinkingCode(code), slotId: 'AAAAAAAAAAAAAAAAAAAAAA' };
    await expect(linkAsOldDevice(old, moved, fresh.publicKey)).rejects.toMatchObject({ code: 'not_committed' });
  });

  it('that answers with a key of its own is caught by the words, and cannot open what is handed over', async () => {
    const { fresh, old, code } = await devices();
    const between = await newLinkingKeys();
    const ofOld = await linkAsOldDevice(old, readLinkingCode(code), fresh.publicKey);
    const ofNew = await linkAsNewDevice(fresh, SLOT, between.publicKey);
    expect(ofNew.words).not.toEqual(ofOld.words);
    const sealed = await sealProvisioning(crypto.getRandomValues(new Uint8Array(32)), ofOld);
    const known = [
      ofNew,
      await linkAsNewDevice(between, SLOT, fresh.publicKey),
      await linkAsNewDevice(between, SLOT, old.publicKey),
      { ...ofOld, key: (await linkAsNewDevice(between, SLOT, old.publicKey)).key },
    ];
    for (const link of known)
      await expect(openProvisioning(sealed, link)).rejects.toMatchObject({ code: 'cannot_open' });
  });

  it.each([
    ['of small order', '00'.repeat(32)],
    ['of small order, another one', `01${'00'.repeat(31)}`],
    ['too short', '11'.repeat(31)],
    ['too long', '11'.repeat(33)],
    ['none at all', ''],
  ])('gets nowhere with a key that is %s', async (_what, key) => {
    const { fresh, old } = await devices();
    await expect(linkAsNewDevice(fresh, SLOT, bytes(key))).rejects.toMatchObject({ code: 'not_committed' });
    const code = readLinkingCode(await writeLinkingCode(SLOT, bytes(key)));
    await expect(linkAsOldDevice(old, code, bytes(key))).rejects.toMatchObject({ code: 'not_committed' });
  });
});

describe('a linking code', () => {
  it.each([
    '',
    SLOT,
    `sealpost-link:2.${SLOT}.${SLOT}`,
    `sealpost-link:1.${SLOT}`,
    `sealpost-link:1.${SLOT}.${SLOT}.x`,
    `sealpost-link:1.${SLOT}.${SLOT.slice(1)}`,
    `sealpost-link:1.${SLOT}x.${SLOT}`,
    `https://example.org/${SLOT}.${SLOT}`,
  ])('is not %s', (text) => {
    expect(() => readLinkingCode(text)).toThrow(expect.objectContaining({ code: 'not_a_code' }));
  });
});
