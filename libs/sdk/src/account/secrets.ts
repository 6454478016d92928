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
import { type Kdf, VAULT_ROOT } from '#protocol';
import { isRefusal } from '../relay/relay.errors.js';
import type { RelayClient } from '../relay/relay-client.js';
import type { SealedStore } from '../store/sealed-store.js';
import { notTrusted } from './account.errors.js';
import type { AccountIdentity } from './account-identity.js';
import { wrongPassword } from './pins.js';
import { publishedKey, type SettledIdentity, settledIdentity } from './settled-identity.js';
import { VaultClient } from './vault-client.js';
import { putVaultIdentity, vaultIdentity } from './vault-identity.js';

/** With what the vault's root is opened. */
export interface RootReader {
  readonly accountId: string;
  readonly kdf: Kdf;
  readonly keys: AccountKeys;
  readonly relay: RelayClient;
}

/** What the vault keeps for all devices of an account. */
export interface AccountSecrets extends SettledIdentity {
  readonly root: Bytes;
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
  const vault = new VaultClient(relay, store, { accountId, root });
  if ((await vaultIdentity(vault)) === undefined) await makeIdentity(relay, vault);
  return { root, ...(await settledIdentity({ accountId, relay, store, vault })) };
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

/** Made once. @returns without it when another device was faster. */
async function makeIdentity(relay: RelayClient, vault: VaultClient): Promise<void> {
  if ((await publishedKey(relay)) !== undefined) throw notTrusted('The relay hides the identity key from its owner.');
  const { signatureKey: publicKey, privateKey } = await newDeviceKeys();
  try {
    await putVaultIdentity(vault, { present: { publicKey, privateKey } }, 0);
  } catch (error) {
    if (!isRefusal(error, 'precondition_failed')) throw error;
  }
}

async function orUndefined<T>(asked: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asked();
  } catch (error) {
    if (isRefusal(error, 'not_found')) return undefined;
    throw error;
  }
}
