import { IDENTITY_KEY_BYTES, type IdentityLink, identityLinkBytes } from '#protocol';
import { CryptoError } from './crypto.errors.js';
import type { SigningKey } from './device-lists.js';
import { isSameBytes } from './same-bytes.js';
import { type Bytes, sha256 } from './sealing.js';

const HASH_BYTES = 32;

/** A link of an account's identity keys, and who vouches for it. */
export interface SignedIdentityLink {
  readonly link: IdentityLink;
  /** By the key before, over this link; null for the first link, and for a key that was reset. */
  readonly signature: Bytes | null;
}

/**
 * Checks a history from its first link on. A reset is a link like any other here, but nobody vouches for its key.
 * @throws {CryptoError} `not_signed` for another account, versions that are not 1, 2, 3 …, a link that does not name the one
 * before, a key of a wrong length, and a signature that does not verify or is by a key that cannot sign.
 */
export async function checkIdentityHistory(history: readonly SignedIdentityLink[], accountId: string): Promise<void> {
  let before: IdentityLink | undefined;
  for (const signed of history) {
    if (signed.link.accountId !== accountId || !(await follows(signed, before)))
      throw new CryptoError('not_signed', 'The history of identity keys does not hold together.');
    before = signed.link;
  }
}

/** The link by which an Ed25519 key takes the place of another one, which signs for it. */
export async function succeedIdentity(
  before: IdentityLink,
  publicKey: Bytes,
  identityKey: SigningKey,
): Promise<{ readonly link: IdentityLink; readonly signature: Bytes }> {
  const { accountId, version } = before;
  const place = { accountId, version: version + 1, prevHash: await hashOf(before) };
  const link: IdentityLink = { ...place, algorithm: 'ed25519', publicKey };
  const bytes = new Uint8Array(identityLinkBytes(link));
  return { link, signature: new Uint8Array(await crypto.subtle.sign('Ed25519', identityKey, bytes)) };
}

/** SHA-256 of the raw public key, in hex: what people and the relay know a key by. */
export async function identityFingerprint(publicKey: Uint8Array): Promise<string> {
  const hash = await sha256(new Uint8Array(publicKey));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function follows({ link, signature }: SignedIdentityLink, before: IdentityLink | undefined): Promise<boolean> {
  const isInPlace = link.version === (before?.version ?? 0) + 1;
  if (!isInPlace || link.publicKey.length !== IDENTITY_KEY_BYTES[link.algorithm]) return false;
  const bytes = identityLinkBytes(link);
  const prevHash = before === undefined ? new Uint8Array(HASH_BYTES) : await hashOf(before);
  if (!isSameBytes(link.prevHash, prevHash)) return false;
  return signature === null || (before?.algorithm === 'ed25519' && hasSigned(before, signature, bytes));
}

function hashOf(link: IdentityLink): Promise<Bytes> {
  return sha256(new Uint8Array(identityLinkBytes(link)));
}

async function hasSigned({ publicKey }: IdentityLink, signature: Bytes, bytes: Uint8Array): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature, new Uint8Array(bytes));
}
