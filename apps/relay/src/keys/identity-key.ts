import { createHash, createPublicKey, ECDH, timingSafeEqual, verify } from 'node:crypto';
import {
  type AccountId,
  IDENTITY_KEY_BYTES,
  type IdentityAlgorithm,
  type IdentityLink,
  identityLinkBytes,
} from '#protocol';

/** A public identity key, as somebody offers it. */
export interface PublicKey {
  readonly algorithm: IdentityAlgorithm;
  readonly publicKey: Buffer;
}

/** A public identity key in its place in the account's history. */
export interface KeyLink extends PublicKey, IdentityLink {
  readonly accountId: AccountId;
  readonly publicKey: Buffer;
  readonly prevHash: Buffer;
}

/** A link as it is kept and shown. */
export interface IdentityKey extends KeyLink {
  /** SHA-256 of the raw public key. */
  readonly fingerprint: Buffer;
  /** By the previous key over this link; null for the first key and after a reset. */
  readonly signature: Buffer | null;
  readonly createdAt: Date;
}

const NO_LINK = Buffer.alloc(32);

/** The link that puts a key after the current one, or at the start of the history. */
export function linkAfter(
  current: KeyLink | undefined,
  accountId: AccountId,
  { algorithm, publicKey }: PublicKey,
): KeyLink {
  const prevHash = current === undefined ? NO_LINK : sha256(identityLinkBytes(current));
  return { accountId, version: (current?.version ?? 0) + 1, algorithm, publicKey, prevHash };
}

export function fingerprintOf({ publicKey }: PublicKey): Buffer {
  return sha256(publicKey);
}

export function isSameKey(one: PublicKey, other: PublicKey): boolean {
  if (one.algorithm !== other.algorithm || one.publicKey.length !== other.publicKey.length) return false;
  return timingSafeEqual(one.publicKey, other.publicKey);
}

/** Whether the bytes can be a key of the algorithm: its exact length and, where curves have such a thing, a point on it. */
export function isWellFormed({ algorithm, publicKey }: PublicKey): boolean {
  if (publicKey.length !== IDENTITY_KEY_BYTES[algorithm]) return false;
  return algorithm !== 'p256' || isUncompressedPoint(publicKey);
}

/** Whether the key signed the link. */
export function hasSigned(key: PublicKey, link: IdentityLink, signature: Buffer): boolean {
  return hasSignedBytes(key, identityLinkBytes(link), signature);
}

/** Whether the key signed the bytes. Only Ed25519 keys sign; the others agree on secrets. */
export function hasSignedBytes(key: PublicKey, bytes: Uint8Array, signature: Buffer): boolean {
  if (key.algorithm !== 'ed25519') return false;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.publicKey.toString('base64url') };
  return verify(null, bytes, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

/** Whether these bytes are a point of P-256, as SEC 1 writes it without compression. */
export function isUncompressedPoint(publicKey: Buffer): boolean {
  if (publicKey[0] !== 4) return false;
  try {
    ECDH.convertKey(publicKey, 'prime256v1');
    return true;
  } catch {
    return false;
  }
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
