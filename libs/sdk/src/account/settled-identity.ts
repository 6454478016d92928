import { decodeBase64Url, encodeBase64Url, importSigningKey, succeedIdentity } from '#crypto';
import type { components } from '#api-client';
import { isRefusal } from '../relay/relay.errors.js';
import type { RelayClient } from '../relay/relay-client.js';
import type { SealedStore } from '../store/sealed-store.js';
import { notTrusted } from './account.errors.js';
import { signListAnew } from './own-device-list.js';
import type { VaultClient } from './vault-client.js';
import { type IdentityPair, putVaultIdentity, vaultIdentity } from './vault-identity.js';

type PublishedKey = components['schemas']['IdentityKeyDto'];

/** What a device has of its account before it knows the identity. */
export interface IdentityReader {
  readonly accountId: string;
  readonly store: SealedStore;
  readonly relay: RelayClient;
  readonly vault: VaultClient;
}

/** The identity, and its version at the relay. */
export interface SettledIdentity extends IdentityPair {
  readonly keyVersion: number;
}

/**
 * The identity that the vault has, and that the relay shows to everybody. One that is being replaced is replaced first: whoever
 * comes by does what is left of it, so that a device that dies in the middle leaves nothing undone. Each step begins by looking
 * whether it was done, and of two devices that take it the slower one finds it taken.
 *
 * @throws {AccountError} `relay_not_trusted` when the relay shows another key than the vault has.
 */
export async function settledIdentity(reader: IdentityReader): Promise<SettledIdentity> {
  for (let read = 0; ;) {
    const found = await vaultIdentity(reader.vault);
    if (found === undefined) throw notTrusted('The relay hides the identity key from its owner.');
    const { present, next, version } = found;
    const published = (await publishedKey(reader.relay)) ?? (await publishFirst(reader.relay, present));
    if (next !== undefined && isOneOf(published, present, next)) {
      const identity = await succeeded(reader, { present, next, published });
      if (await isPut(reader, next, version)) return identity;
    } else if (isOneOf(published, present)) return { ...present, keyVersion: published.version };
    // Unless another device was at it between the two answers.
    else if (version === read)
      throw notTrusted('The relay shows others another identity key than the one in the vault.');
    read = version;
  }
}

/** The key that others are shown; undefined before the first. */
export async function publishedKey(relay: RelayClient): Promise<PublishedKey | undefined> {
  try {
    return await relay.call((api) => api.GET('/v1/keys/me'));
  } catch (error) {
    if (isRefusal(error, 'not_found')) return undefined;
    throw error;
  }
}

/** Whether it is one of these. */
export function isOneOf(
  { algorithm, publicKey }: PublishedKey,
  ...keys: readonly Pick<IdentityPair, 'publicKey'>[]
): boolean {
  return algorithm === 'ed25519' && keys.some((key) => publicKey === encodeBase64Url(key.publicKey));
}

interface Succession {
  readonly present: IdentityPair;
  readonly next: IdentityPair;
  readonly published: PublishedKey;
}

/** Everybody is shown the next key, and what it signs. The vault has both until then: a list is signed by one or the other. */
async function succeeded(reader: IdentityReader, succession: Succession): Promise<SettledIdentity> {
  const { present, next, published } = succession;
  const { version } = isOneOf(published, next) ? published : await publishNext(reader, succession);
  const signingKey = await importSigningKey(next.privateKey);
  const identity = { publicKey: next.publicKey, version, signingKey };
  await signListAnew({ ...reader, identity, former: { publicKey: present.publicKey, version: version - 1 } });
  return { ...next, keyVersion: version };
}

async function publishFirst(relay: RelayClient, { publicKey }: IdentityPair): Promise<PublishedKey> {
  const body = { algorithm: 'ed25519' as const, publicKey: encodeBase64Url(publicKey) };
  return relay.call((api) => api.PUT('/v1/keys/me', { body }));
}

async function publishNext(
  { accountId, relay }: IdentityReader,
  { present, next, published }: Succession,
): Promise<PublishedKey> {
  const { version, prevHash } = published;
  const place = { accountId, version, prevHash: decodeBase64Url(prevHash) };
  const before = { ...place, algorithm: 'ed25519' as const, publicKey: present.publicKey };
  const { signature } = await succeedIdentity(before, next.publicKey, await importSigningKey(present.privateKey));
  const body = { algorithm: 'ed25519' as const, publicKey: encodeBase64Url(next.publicKey), version };
  return relay.call((api) => api.PUT('/v1/keys/me', { body: { ...body, signature: encodeBase64Url(signature) } }));
}

/** The former key is of no more use. @returns whether this device has put it away; another one may have. */
async function isPut({ vault }: IdentityReader, next: IdentityPair, replaces: number): Promise<boolean> {
  try {
    await putVaultIdentity(vault, { present: next }, replaces);
    return true;
  } catch (error) {
    if (isRefusal(error, 'precondition_failed')) return false;
    throw error;
  }
}
