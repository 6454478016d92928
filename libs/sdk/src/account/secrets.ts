import {
  type AccountKeys,
  type Bytes,
  decodeBase64Url,
  encodeBase64Url,
  importSigningKey,
  newDeviceKeys,
  newVaultRoot,
  unwrapVaultRoot,
  wrapVaultRoot,
} from '#crypto';
import { canonicalBytes, type Kdf, readCanonicalBytes, VAULT_ROOT } from '#protocol';
import { isRefusal } from '../relay/relay.errors.js';
import type { RelayClient } from '../relay/relay-client.js';
import type { SealedStore } from '../store/sealed-store.js';
import { notTrusted } from './account.errors.js';
import type { AccountIdentity } from './open-account.js';
import { wrongPassword } from './pins.js';
import { VaultClient } from './vault-client.js';

const IDENTITY_LABEL = 'sealpost vault identity 1';
const IDENTITY = 'identity';

/** With what the vault's root is opened. */
export interface RootReader {
  readonly accountId: string;
  readonly kdf: Kdf;
  readonly keys: AccountKeys;
  readonly relay: RelayClient;
}

/** What the vault keeps for all devices of an account. */
export interface AccountSecrets {
  readonly root: Bytes;
  readonly publicKey: Bytes;
  readonly privateKey: Bytes;
  readonly keyVersion: number;
}

/**
 * Reads what the vault keeps, and makes what it does not have yet. Whatever is there is what counts: two devices that begin at
 * once end with the same.
 *
 * @throws {AccountError} `wrong_password` if the root does not open, and `relay_not_trusted` for an identity key that is not
 * the account's.
 */
export async function accountSecrets(reader: RootReader, store: SealedStore): Promise<AccountSecrets> {
  const { root } = (await readRoot(reader)) ?? (await makeRoot(reader));
  const { relay, accountId } = reader;
  const { publicKey, privateKey } = await identityOf(relay, new VaultClient(relay, store, { accountId, root }));
  return { root, publicKey, privateKey, keyVersion: await publishedVersion(relay, publicKey) };
}

export async function toIdentity({ publicKey, privateKey, keyVersion }: AccountSecrets): Promise<AccountIdentity> {
  return { publicKey, version: keyVersion, signingKey: await importSigningKey(privateKey) };
}

/** @returns undefined before the first. @throws {AccountError} `wrong_password` */
async function readRoot(reader: RootReader): Promise<{ root: Bytes; version: number } | undefined> {
  const { relay, keys, ...of } = reader;
  const shown = await orUndefined(() =>
    relay.call((api) => api.GET('/v1/vault/{name}', { params: { path: { name: VAULT_ROOT } } })),
  );
  if (shown === undefined) return undefined;
  try {
    const root = await unwrapVaultRoot(decodeBase64Url(shown.body), { ...of, wrapKey: keys.wrapKey });
    return { root, version: shown.version };
  } catch (cause) {
    throw wrongPassword(cause);
  }
}

/** The root of an account that is set up. @throws {AccountError} `wrong_password`, and `relay_not_trusted` if it is hidden. */
export async function existingRoot(reader: RootReader): Promise<{ root: Bytes; version: number }> {
  const found = await readRoot(reader);
  if (found === undefined) throw notTrusted('The relay hides the root of the vault.');
  return found;
}

async function makeRoot(reader: RootReader): Promise<{ root: Bytes }> {
  const { relay, keys, ...of } = reader;
  const root = newVaultRoot();
  const body = encodeBase64Url(await wrapVaultRoot(root, { ...of, wrapKey: keys.wrapKey }));
  const params = { path: { name: VAULT_ROOT }, header: { 'If-None-Match': '*' as const } };
  try {
    await relay.call((api) => api.PUT('/v1/vault/{name}', { params, body: { body } }));
    return { root };
  } catch (error) {
    const made = isRefusal(error, 'precondition_failed') ? await readRoot(reader) : undefined;
    if (made === undefined) throw error;
    return made;
  }
}

async function identityOf(relay: RelayClient, vault: VaultClient) {
  const found = await vault.get(IDENTITY);
  if (found !== undefined) return readIdentity(found.content);
  if ((await publishedKey(relay)) !== undefined) throw notTrusted('The relay hides the identity key from its owner.');
  const { signatureKey: publicKey, privateKey } = await newDeviceKeys();
  try {
    await vault.put(IDENTITY, canonicalBytes(IDENTITY_LABEL, [publicKey, privateKey]), 0);
    return { publicKey, privateKey };
  } catch (error) {
    const made = isRefusal(error, 'precondition_failed') ? await vault.get(IDENTITY) : undefined;
    if (made === undefined) throw error;
    return readIdentity(made.content);
  }
}

function readIdentity(content: Bytes): { publicKey: Bytes; privateKey: Bytes } {
  const [publicKey, privateKey] = readCanonicalBytes(IDENTITY_LABEL, content) ?? [];
  if (!publicKey || !privateKey) throw notTrusted('The vault has an identity that cannot be read.');
  return { publicKey: new Uint8Array(publicKey), privateKey: new Uint8Array(privateKey) };
}

/** Its version at the relay, which gets it if it has none. */
async function publishedVersion(relay: RelayClient, publicKey: Bytes): Promise<number> {
  const key = encodeBase64Url(publicKey);
  const published =
    (await publishedKey(relay)) ??
    (await relay.call((api) => api.PUT('/v1/keys/me', { body: { algorithm: 'ed25519', publicKey: key } })));
  if (published.algorithm !== 'ed25519' || published.publicKey !== key)
    throw notTrusted('The relay shows others another identity key than the one in the vault.');
  return published.version;
}

async function publishedKey(relay: RelayClient) {
  return orUndefined(() => relay.call((api) => api.GET('/v1/keys/me')));
}

async function orUndefined<T>(asked: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asked();
  } catch (error) {
    if (isRefusal(error, 'not_found')) return undefined;
    throw error;
  }
}
