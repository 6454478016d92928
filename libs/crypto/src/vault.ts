import { canonicalBytes, type Kdf } from '#protocol';
import { cannotOpen } from './crypto.errors.js';
import { type Bytes, type Context, deriveKey, KEY_BYTES, open, seal } from './sealing.js';

/** What opens all of an account's vault. Random, so that a new password needs only a new wrapping. */
export function newVaultRoot(): Bytes {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/** Whose root it is, and under which password it lies. */
export interface RootWrapping {
  readonly accountId: string;
  readonly wrapKey: Bytes;
  /** Of the password: a relay that tells other parameters than the root was wrapped under is found out. */
  readonly kdf: Kdf;
}

/** The root as the relay may keep it. */
export async function wrapVaultRoot(root: Bytes, wrapping: RootWrapping): Promise<Bytes> {
  return seal(root, rootContext(wrapping));
}

/** @throws {CryptoError} `cannot_open`: alike for a wrong password, other parameters, another account, and changed bytes. */
export async function unwrapVaultRoot(wrapped: Bytes, wrapping: RootWrapping): Promise<Bytes> {
  const root = await open(wrapped, rootContext(wrapping));
  if (root.length !== KEY_BYTES) throw cannotOpen();
  return root;
}

/** A blob's place in the vault. */
export interface VaultPlace {
  readonly root: Bytes;
  readonly accountId: string;
  /** As in `PUT /vault/:name`. */
  readonly name: string;
  /** 1, 2, 3 …: one more with each content. */
  readonly version: number;
}

/** A blob as the relay may keep it: every name and version has a key of its own. */
export async function sealVaultItem(content: Bytes, place: VaultPlace): Promise<Bytes> {
  return seal(content, await itemContext(place));
}

/**
 * @param seenVersion the highest version that this client knows of: an older one is refused, whatever the relay says.
 * @throws {CryptoError} `cannot_open`: alike for another root, account, name or version, changed bytes, and an old version.
 */
export async function openVaultItem(sealed: Bytes, place: VaultPlace, seenVersion: number): Promise<Bytes> {
  if (place.version < seenVersion) throw cannotOpen();
  return open(sealed, await itemContext(place));
}

function rootContext({ accountId, wrapKey, kdf }: RootWrapping): Context {
  const cost = kdf.algorithm === 'argon2id' ? [kdf.memoryKiB, kdf.iterations, kdf.parallelism] : [kdf.iterations];
  const additionalData = canonicalBytes('sealpost vault root 1', [accountId, kdf.algorithm, kdf.salt, ...cost]);
  return { key: wrapKey, additionalData };
}

async function itemContext({ root, accountId, name, version }: VaultPlace): Promise<Context> {
  const additionalData = canonicalBytes('sealpost vault item 1', [accountId, name, version]);
  return { key: await deriveKey(root, additionalData), additionalData };
}
