import { createHash } from 'node:crypto';
import { type IdentityAlgorithm, IDENTITY_KEY_BYTES, identityLinkBytes } from '#protocol';
import {
  checkIdentityHistory,
  identityFingerprint,
  type SignedIdentityLink,
  succeedIdentity,
} from './identity-history.js';

const ACCOUNT = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11';

const after = (before: SignedIdentityLink): Uint8Array =>
  createHash('sha256').update(identityLinkBytes(before.link)).digest();

function first(
  algorithm: IdentityAlgorithm,
  publicKey = new Uint8Array(IDENTITY_KEY_BYTES[algorithm]),
): SignedIdentityLink {
  return {
    link: { accountId: ACCOUNT, version: 1, algorithm, publicKey, prevHash: new Uint8Array(32) },
    signature: null,
  };
}

/** A first key, and a second one that it has signed. */
async function rotated(): Promise<[SignedIdentityLink, SignedIdentityLink]> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no pair of keys was made');
  const one = first('ed25519', new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  const link = { ...first('ed25519').link, version: 2, prevHash: after(one) };
  const bytes = new Uint8Array(identityLinkBytes(link));
  return [one, { link, signature: new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes)) }];
}

const holds = (history: readonly SignedIdentityLink[], accountId = ACCOUNT): Promise<boolean> =>
  checkIdentityHistory(history, accountId).then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ name: 'CryptoError', code: 'not_signed' });
      return false;
    },
  );

describe('a history of identity keys', () => {
  it('holds with signed keys and with resets', async () => {
    const [one, two] = await rotated();
    expect(await holds([one, two])).toBe(true);
    expect(await holds([one, { ...two, signature: null }])).toBe(true);
    expect(
      await holds([first('p256'), { ...two, link: { ...two.link, prevHash: after(first('p256')) }, signature: null }]),
    ).toBe(true);
  });

  it('holds with a key that the one before has been made to sign for', async () => {
    const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
    if (!('privateKey' in pair)) throw new Error('no pair of keys was made');
    const one = first('ed25519', new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
    const two = await succeedIdentity(one.link, new Uint8Array(32).fill(2), pair.privateKey);
    expect(two.link.version).toBe(2);
    expect(await holds([one, two])).toBe(true);
  });

  it('does not hold for another account, out of order, or with a link that is changed', async () => {
    const [one, two] = await rotated();
    const broken: SignedIdentityLink[][] = [
      [two],
      [two, one],
      [one, one],
      [one, { ...two, signature: new Uint8Array(64) }],
      [one, { ...two, link: { ...two.link, publicKey: new Uint8Array(32).fill(1) } }],
      [one, { ...two, link: { ...two.link, publicKey: new Uint8Array(31) }, signature: null }],
      [one, { ...two, link: { ...two.link, prevHash: new Uint8Array(32) }, signature: null }],
      [{ ...one, signature: new Uint8Array(64) }],
    ];
    expect(await holds([one, two], ACCOUNT.replace('0d11', '0d12'))).toBe(false);
    for (const history of broken) expect(await holds(history)).toBe(false);
  });

  it('has no key signed by one that cannot sign', async () => {
    const [, two] = await rotated();
    const one = first('x25519');
    expect(await holds([one, { ...two, link: { ...two.link, prevHash: after(one) } }])).toBe(false);
  });

  it('names keys by SHA-256 in hex', async () => {
    const key = new Uint8Array(32).fill(7);
    expect(await identityFingerprint(key)).toBe(createHash('sha256').update(key).digest('hex'));
  });
});
