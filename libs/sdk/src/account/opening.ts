import { type AccountKeys, importSigningKey, isSameBytes, MlsEngine, newDeviceKeys } from '#crypto';
import { isVouchedFor } from '../peers/belief.js';
import { checkedKeys } from '../peers/checked-answers.js';
import { relayPeers } from '../peers/relay-peers.js';
import type { RelayClient } from '../relay/relay-client.js';
import { type FreshTokens, tokensOf } from '../relay/session.js';
import type { SealedStore } from '../store/sealed-store.js';
import { notTrusted } from './account.errors.js';
import { ACCOUNT_SECRETS, DEVICE_KEYS, LINKED, overwrite, SESSIONS, SETUPS, TRUSTS } from './account-records.js';
import { KeyPackageStock } from './key-package-stock.js';
import type { OpenAccount } from './open-account.js';
import { listOwnDevice } from './own-device-list.js';
import { OwnIdentityKey } from './own-identity-key.js';
import type { Pins } from './pins.js';
import { type AccountSecrets, accountSecrets, toIdentity } from './secrets.js';
import { VaultClient } from './vault-client.js';

/** A device whose store is open, and whose relay has a session. */
export interface OpenDevice {
  readonly pins: Pins;
  readonly store: SealedStore;
  readonly relay: RelayClient;
}

/** Uses the session, whose tokens are stored. */
export async function useNewSession(
  { relay, store }: Omit<OpenDevice, 'pins'>,
  fresh: FreshTokens & { readonly trustToken?: string },
): Promise<void> {
  if (fresh.trustToken !== undefined)
    await overwrite(store, TRUSTS, { key: 'trust', record: { token: fresh.trustToken } });
  const tokens = tokensOf(fresh, relay.nowMs());
  await overwrite(store, SESSIONS, { key: 'session', record: tokens });
  useStoredSession({ relay, store }, tokens);
}

/** Uses a session that was stored before. */
export function useStoredSession(
  { relay, store }: Omit<OpenDevice, 'pins'>,
  tokens: Parameters<RelayClient['useSession']>[0],
): void {
  relay.useSession(tokens, (next) => overwrite(store, SESSIONS, { key: 'session', record: next }));
}

/**
 * What the device has stored, when nothing of its setting up is missing: the relay is not asked.
 *
 * @returns undefined when something is missing.
 */
export async function openStored(device: OpenDevice): Promise<OpenAccount | undefined> {
  const [setup, secrets] = await Promise.all([
    device.store.get(SETUPS, 'setup'),
    device.store.get(ACCOUNT_SECRETS, 'secrets'),
  ]);
  return setup && secrets && openWith(device, secrets.record);
}

/**
 * Does what is missing until the device can be used: the vault's root and the account's identity, the device's own keys, its
 * place on the signed list, and key packages. Each step begins by looking whether it was done, so it may break off anywhere.
 *
 * @throws {AccountError} `wrong_password` or `relay_not_trusted`: nothing has been signed then.
 */
export async function setUp(device: OpenDevice, keys: AccountKeys): Promise<OpenAccount> {
  const { pins, store, relay } = device;
  const secrets = await accountSecrets({ ...pins, keys, relay }, store);
  await demandLinked(device, secrets);
  await overwrite(store, ACCOUNT_SECRETS, { key: 'secrets', record: secrets });
  const account = await openWith(device, secrets);
  const lister = { ...pins, store, relay, identity: account.identity.current };
  await listOwnDevice(lister, account.device);
  await new KeyPackageStock(account).replenish();
  await overwrite(store, SETUPS, { key: 'setup', record: { isComplete: true } });
  return account;
}

/**
 * A relay that hides the vault would have this device begin another account of the same name. The key that this device was told
 * may have been replaced since, if each has signed for the next.
 */
async function demandLinked({ pins, store, relay }: OpenDevice, { publicKey }: AccountSecrets): Promise<void> {
  const linked = await store.get(LINKED, 'linked');
  if (linked === undefined || isSameBytes(linked.record.identityKey, publicKey)) return;
  const { accountId, username } = pins;
  const served = await relayPeers(relay).identityHistory(username);
  const keys = await checkedKeys(served, { accountId, pinned: undefined });
  const told = keys.findIndex((key) => isSameBytes(key.publicKey, linked.record.identityKey));
  const isPresent = isSameBytes(keys.at(-1)?.publicKey ?? new Uint8Array(), publicKey);
  if (told < 0 || !isPresent || !isVouchedFor(keys, told + 1, keys.length))
    throw notTrusted('The relay has another account than the device that linked this one.');
}

async function openWith({ pins, store, relay }: OpenDevice, secrets: AccountSecrets): Promise<OpenAccount> {
  const { accountId, username, deviceId, kdf } = pins;
  const { signatureKey, privateKey } = await deviceKeys(store);
  const device = { accountId, deviceId, signatureKey, signingKey: await importSigningKey(privateKey) };
  const vault = new VaultClient(relay, store, { accountId, root: secrets.root });
  const identity = new OwnIdentityKey({ accountId, store, relay, vault }, await toIdentity(secrets));
  return { accountId, username, deviceId, kdf, store, relay, device, engine: new MlsEngine(device), identity, vault };
}

/** Stored before anybody sees the public one. */
async function deviceKeys(store: SealedStore) {
  const stored = await store.get(DEVICE_KEYS, 'device');
  if (stored !== undefined) return stored.record;
  const made = await newDeviceKeys();
  await store.write({ put: [DEVICE_KEYS.put('device', made)] });
  return made;
}
