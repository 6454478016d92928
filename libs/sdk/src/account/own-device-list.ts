import {
  type Bytes,
  checkDeviceList,
  CryptoError,
  decodeBase64Url,
  deviceListHash,
  encodeBase64Url,
  signDeviceList,
} from '#crypto';
import { type DeviceList, deviceListBytes, type ListedDevice, readDeviceList } from '#protocol';
import { isRefusal } from '../relay/relay.errors.js';
import type { RelayClient } from '../relay/relay-client.js';
import type { SealedStore } from '../store/sealed-store.js';
import { notTrusted } from './account.errors.js';
import type { AccountIdentity } from './account-identity.js';
import { OWN_LISTS, overwrite } from './account-records.js';

/** Whose list it is. */
export interface Lister {
  readonly accountId: string;
  readonly store: SealedStore;
  readonly relay: RelayClient;
  readonly identity: AccountIdentity;
  /** The key that it takes the place of, and by which the present list may be signed still. */
  readonly former?: Pick<AccountIdentity, 'publicKey' | 'version'>;
}

/** Other devices may sign lists at the same time; each round one of them succeeds. */
const MAX_ROUNDS = 10;
const HASH_BYTES = 32;

/**
 * The account's present list, checked against its identity and the newest list known here.
 *
 * @returns undefined before the first.
 * @throws {AccountError} `relay_not_trusted` for one that is not signed, is older, or is missing by now.
 */
export async function currentList({ accountId, store, relay, ...keys }: Lister): Promise<DeviceList | undefined> {
  const stored = await store.get(OWN_LISTS, 'list');
  const known = stored && readDeviceList(stored.record.body);
  const shown = await shownList(relay);
  if (shown === undefined) {
    if (known !== undefined) throw notTrusted('The relay hides the list of devices.');
    return undefined;
  }
  const list = readDeviceList(shown.body);
  if (list === undefined) throw notTrusted('What the relay shows is no list of devices.');
  try {
    await checkDeviceList(
      { list, signature: shown.signature },
      { accountId, identityKey: signerOf(list, keys), ...(known && { known }) },
    );
  } catch (cause) {
    if (cause instanceof CryptoError)
      throw notTrusted('The relay shows a list that the account has not signed.', { cause });
    throw cause;
  }
  if (known?.version !== list.version) await overwrite(store, OWN_LISTS, { key: 'list', record: shown });
  return list;
}

/**
 * Signs the next list, on top of the present one as often as that changes meanwhile.
 *
 * @param change of the devices; undefined when they are as they should be.
 * @throws {AccountError} `relay_not_trusted`, as {@link currentList}.
 */
export async function changeList(
  lister: Lister,
  change: (devices: readonly ListedDevice[], list?: DeviceList) => Promise<readonly ListedDevice[] | undefined>,
): Promise<void> {
  for (let round = 1; ; round++)
    try {
      const list = await currentList(lister);
      const devices = await change(list?.devices ?? [], list);
      if (devices !== undefined) await putNext(lister, list, devices);
      return;
    } catch (error) {
      if (round >= MAX_ROUNDS || !isRefusal(error, 'stale_version')) throw error;
    }
}

/** Puts this device on the list, and takes those off that live no more: the relay takes none with them. */
export async function listOwnDevice(lister: Lister, device: { deviceId: string; signatureKey: Bytes }): Promise<void> {
  const { deviceId, signatureKey: mlsSigningKey } = device;
  await changeList(lister, async (devices) => {
    const present = devices.find((listed) => listed.deviceId === deviceId);
    if (present !== undefined && isSame(present.mlsSigningKey, mlsSigningKey)) return undefined;
    const others = (await liveOf(lister, devices)).filter((listed) => listed.deviceId !== deviceId);
    return [...others, { deviceId, mlsSigningKey, addedAtMs: Math.trunc(lister.relay.nowMs()) }];
  });
}

/** Has the key sign for the devices for which the former one has signed. */
export async function signListAnew(lister: Lister): Promise<void> {
  await changeList(lister, async (devices, list) =>
    list === undefined || list.keyVersion === lister.identity.version ? undefined : liveOf(lister, devices),
  );
}

/** Asked after the list was read, so that whoever is on it and missing here was revoked. */
async function liveOf({ relay }: Lister, devices: readonly ListedDevice[]): Promise<ListedDevice[]> {
  const { items } = await relay.call((api) => api.GET('/v1/devices'));
  const live = new Set(items.map(({ id }) => id));
  return devices.filter(({ deviceId }) => live.has(deviceId));
}

function signerOf({ keyVersion }: DeviceList, { identity, former }: Pick<Lister, 'identity' | 'former'>) {
  return keyVersion === former?.version ? former : identity;
}

async function putNext(
  lister: Lister,
  before: DeviceList | undefined,
  devices: readonly ListedDevice[],
): Promise<void> {
  const { accountId, identity, store, relay } = lister;
  const list: DeviceList = {
    accountId,
    version: (before?.version ?? 0) + 1,
    keyVersion: identity.version,
    prevHash: before === undefined ? new Uint8Array(HASH_BYTES) : await deviceListHash(before),
    devices: [...devices].sort((one, other) => (one.deviceId < other.deviceId ? -1 : 1)),
  };
  const { signature } = await signDeviceList(list, identity.signingKey);
  const body = deviceListBytes(list);
  const signed = { version: list.version, body: encodeBase64Url(body), signature: encodeBase64Url(signature) };
  await relay.call((api) => api.PUT('/v1/devices/list', { body: signed }));
  await overwrite(store, OWN_LISTS, { key: 'list', record: { body, signature } });
}

async function shownList(relay: Lister['relay']): Promise<{ body: Bytes; signature: Bytes } | undefined> {
  try {
    const { body, signature } = await relay.call((api) => api.GET('/v1/devices/list'));
    return { body: decodeBase64Url(body), signature: decodeBase64Url(signature) };
  } catch (error) {
    if (isRefusal(error, 'not_found')) return undefined;
    throw error;
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, n) => byte === other[n]);
}
