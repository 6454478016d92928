import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type AccountId, identityLinkBytes } from '#protocol';
import {
  fingerprintOf,
  hasSigned,
  isSameKey,
  isWellFormed,
  type KeyLink,
  linkAfter,
  type PublicKey,
} from './identity-key.js';

const ACCOUNT = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' as AccountId;

function newKey(): { key: PublicKey; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  return { key: { algorithm: 'ed25519', publicKey: raw }, privateKey };
}

function newPoint(): Buffer {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    .publicKey.export({ type: 'spki', format: 'der' })
    .subarray(-65);
}

const one = newKey();
const other = newKey();
const first = linkAfter(undefined, ACCOUNT, one.key);
const second = linkAfter(first, ACCOUNT, other.key);
const signature = sign(null, identityLinkBytes(second), one.privateKey);

describe('a history of identity keys', () => {
  it('starts with version 1 after nothing', () => {
    expect(first).toEqual({ accountId: ACCOUNT, version: 1, ...one.key, prevHash: Buffer.alloc(32) });
  });

  it('goes on with the hash of the link before', () => {
    const prevHash = createHash('sha256').update(identityLinkBytes(first)).digest();
    expect(second).toEqual({ accountId: ACCOUNT, version: 2, ...other.key, prevHash });
  });

  it('keeps nothing of a key but its algorithm and bytes', () => {
    const draft = { ...one.key, proof: { kind: 'reset', authKey: Buffer.alloc(32) } };
    expect(Object.keys(linkAfter(undefined, ACCOUNT, draft)).sort()).toEqual([
      'accountId',
      'algorithm',
      'prevHash',
      'publicKey',
      'version',
    ]);
  });

  it('names a key by the SHA-256 of its raw bytes', () => {
    expect(fingerprintOf(one.key)).toEqual(createHash('sha256').update(one.key.publicKey).digest());
  });
});

describe('a signature of a successor', () => {
  it('is taken from the key before', () => {
    expect(hasSigned(one.key, second, signature)).toBe(true);
  });

  const changed: [string, KeyLink][] = [
    ['another version', { ...second, version: 3 }],
    ['another account', { ...second, accountId: ACCOUNT.replace('0d11', '0d12') as AccountId }],
    ['another key', { ...second, publicKey: newKey().key.publicKey }],
    ['another history', { ...second, prevHash: Buffer.alloc(32) }],
    ['another algorithm', { ...second, algorithm: 'x25519' }],
  ];
  it.each(changed)('does not hold for %s', (_what, link) => {
    expect(hasSigned(one.key, link, signature)).toBe(false);
  });

  it('is not taken from the new key, a changed signature, or a key that cannot sign', () => {
    expect(hasSigned(other.key, second, signature)).toBe(false);
    expect(hasSigned(one.key, second, Buffer.alloc(64))).toBe(false);
    expect(hasSigned({ ...one.key, algorithm: 'x25519' }, second, signature)).toBe(false);
  });
});

describe('a public key', () => {
  it('is well formed with the exact length of its algorithm', () => {
    for (const algorithm of ['ed25519', 'x25519'] as const) {
      expect(isWellFormed({ algorithm, publicKey: Buffer.alloc(32, 7) })).toBe(true);
      expect(isWellFormed({ algorithm, publicKey: Buffer.alloc(31, 7) })).toBe(false);
      expect(isWellFormed({ algorithm, publicKey: Buffer.alloc(33, 7) })).toBe(false);
      expect(isWellFormed({ algorithm, publicKey: newPoint() })).toBe(false);
    }
  });

  it('of p256 is an uncompressed point on the curve', () => {
    const point = newPoint();
    expect(isWellFormed({ algorithm: 'p256', publicKey: point })).toBe(true);
    const beside = Buffer.from(point);
    beside.writeUInt8(beside.readUInt8(64) ^ 1, 64);
    expect(isWellFormed({ algorithm: 'p256', publicKey: beside })).toBe(false);
    const hybrid = Buffer.from(point);
    hybrid.writeUInt8(6 + (point.readUInt8(64) & 1), 0);
    expect(isWellFormed({ algorithm: 'p256', publicKey: hybrid })).toBe(false);
    expect(isWellFormed({ algorithm: 'p256', publicKey: Buffer.alloc(65) })).toBe(false);
  });

  it('is another one under another algorithm', () => {
    expect(isSameKey(one.key, { ...one.key })).toBe(true);
    expect(isSameKey(one.key, { ...one.key, algorithm: 'x25519' })).toBe(false);
    expect(isSameKey(one.key, other.key)).toBe(false);
    expect(isSameKey(one.key, { algorithm: 'p256', publicKey: newPoint() })).toBe(false);
  });
});
