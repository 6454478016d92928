import { createHash, createPublicKey, verify } from 'node:crypto';
import { IDENTITY_ALGORITHMS, identityLinkBytes, type IdentityLink } from './identity.js';

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

const ACCOUNT = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11';
// The public keys of RFC 8032 §7.1, tests 1 and 2.
const FIRST_KEY = hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
const SECOND_KEY = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');

/** Computed by another implementation (Python): the wire form of a chain, which no release may change. */
const GOLDEN = {
  firstLink:
    '000000187365616c706f7374206964656e74697479206c696e6b2031' +
    '0000002430313938633561302d336634652d376433612d386235382d316637663261366330643131' +
    '0000000131' +
    '0000000765643235353139' +
    '00000020d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a' +
    '000000200000000000000000000000000000000000000000000000000000000000000000',
  firstHash: '6c94769473d0ac9fb72bd178978ada011bec85b1aadbed4e354e8d52f9dbaf00',
  secondHash: 'fa11aa61b48831f9e4045467c26cdb012cf3cea916cb5c3ed828255b85ada0bd',
  /** Of the second link, by the first key. */
  signature:
    'e5025f787ad8d77f766fcd35f05a31067f6f1b11651185e862f84fb478cb94bd' +
    'a79398d0b829b6bb26a524ccfeb537a321298084d734961e1e8eeee63a5c3607',
};

const first: IdentityLink = {
  accountId: ACCOUNT,
  version: 1,
  algorithm: 'ed25519',
  publicKey: FIRST_KEY,
  prevHash: Buffer.alloc(32),
};
const second: IdentityLink = { ...first, version: 2, publicKey: SECOND_KEY, prevHash: hex(GOLDEN.firstHash) };

describe('the chain of identity keys', () => {
  it('has the canonical bytes it always had', () => {
    expect(Buffer.from(identityLinkBytes(first)).toString('hex')).toBe(GOLDEN.firstLink);
  });

  it('links each key to the hash of the link before', () => {
    expect(sha256(identityLinkBytes(first)).toString('hex')).toBe(GOLDEN.firstHash);
    expect(sha256(identityLinkBytes(second)).toString('hex')).toBe(GOLDEN.secondHash);
  });

  it('is signed over those bytes', () => {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: FIRST_KEY.toString('base64url') },
      format: 'jwk',
    });
    expect(verify(null, identityLinkBytes(second), key, hex(GOLDEN.signature))).toBe(true);
    expect(verify(null, identityLinkBytes({ ...second, version: 3 }), key, hex(GOLDEN.signature))).toBe(false);
  });

  it('gives every difference of a link other bytes', () => {
    const links: IdentityLink[] = [
      first,
      second,
      { ...first, accountId: ACCOUNT.replace('0d11', '0d12') },
      { ...first, version: 11 },
      { ...first, publicKey: SECOND_KEY },
      { ...first, prevHash: sha256(FIRST_KEY) },
      ...IDENTITY_ALGORITHMS.slice(1).map((algorithm) => ({ ...first, algorithm })),
      // What one field loses, the next one gains: only the lengths tell them apart.
      {
        ...first,
        publicKey: FIRST_KEY.subarray(0, 31),
        prevHash: Buffer.concat([FIRST_KEY.subarray(31), Buffer.alloc(32)]),
      },
    ];
    expect(new Set(links.map((link) => Buffer.from(identityLinkBytes(link)).toString('hex'))).size).toBe(links.length);
  });
});
