import type { Bytes } from '#crypto';
import { canonicalBytes, readCanonicalBytes } from '#protocol';
import { notTrusted } from './account.errors.js';
import type { VaultClient } from './vault-client.js';

const NAME = 'identity';
const LABEL = 'sealpost vault identity 1';
const LABEL_IN_ROTATION = 'sealpost vault identity in rotation 1';

/** An Ed25519 key pair: raw, and in PKCS #8. */
export interface IdentityPair {
  readonly publicKey: Bytes;
  readonly privateKey: Bytes;
}

/** The account's identity, as its vault keeps it for all devices. */
export interface VaultIdentity {
  readonly present: IdentityPair;
  /** What is to take its place. It lies here before anybody sees it, and beside the former until that is of no more use. */
  readonly next?: IdentityPair | undefined;
}

/** @returns undefined before the first, and if the relay hides it. @throws {AccountError} `relay_not_trusted` for another form. */
export async function vaultIdentity(vault: VaultClient): Promise<(VaultIdentity & { version: number }) | undefined> {
  const found = await vault.get(NAME);
  return found && { ...identityIn(found.content), version: found.version };
}

/** @param replaces the version that was read; 0 for the first. @throws as `VaultClient.put` does. */
export async function putVaultIdentity(vault: VaultClient, identity: VaultIdentity, replaces: number): Promise<void> {
  const { present, next } = identity;
  const fields = [present, next].flatMap((pair) => (pair === undefined ? [] : [pair.publicKey, pair.privateKey]));
  await vault.put(NAME, canonicalBytes(next === undefined ? LABEL : LABEL_IN_ROTATION, fields), replaces);
}

function identityIn(content: Bytes): VaultIdentity {
  const present = pairOf(readCanonicalBytes(LABEL, content));
  if (present !== undefined) return { present };
  const both = readCanonicalBytes(LABEL_IN_ROTATION, content);
  const [former, next] = [pairOf(both?.slice(0, 2)), pairOf(both?.slice(2))];
  if (former === undefined || next === undefined) throw notTrusted('The vault has an identity that cannot be read.');
  return { present: former, next };
}

function pairOf(fields: readonly Uint8Array[] | undefined): IdentityPair | undefined {
  const [publicKey, privateKey] = fields ?? [];
  return publicKey && privateKey && { publicKey: new Uint8Array(publicKey), privateKey: new Uint8Array(privateKey) };
}
