import { type DeviceList, deviceListBytes } from '#protocol';
import { CryptoError } from './crypto.errors.js';
import { isSameBytes } from './same-bytes.js';
import { type Bytes, sha256 } from './sealing.js';

const FIRST_PREV_HASH_BYTES = 32;

/** A list with its account's signature: 64 bytes of Ed25519 over its canonical bytes. */
export interface SignedDeviceList {
  readonly list: DeviceList;
  readonly signature: Bytes;
}

/** A private Ed25519 `CryptoKey` that may sign. */
export type SigningKey = Parameters<typeof crypto.subtle.sign>[1];

/** Signs with the account's identity key. */
export async function signDeviceList(list: DeviceList, identityKey: SigningKey): Promise<SignedDeviceList> {
  return { list, signature: new Uint8Array(await crypto.subtle.sign('Ed25519', identityKey, deviceListBytes(list))) };
}

/** What a reader knows before it looks at a list. */
export interface DeviceListReader {
  readonly accountId: string;
  /** The current identity key, from its checked history, and its version. */
  readonly identityKey: { readonly version: number; readonly publicKey: Bytes };
  /** The newest list that was accepted before; absent at first sight. */
  readonly known?: DeviceList;
}

/**
 * Accepts a list or refuses it: there is nothing between, and no way around.
 * @throws {CryptoError} `not_signed` for another account, a wrong signature or key version, devices that are twice or out of
 * order, an older list than is known, and one of the same or the next version that does not go on from it.
 */
export async function checkDeviceList({ list, signature }: SignedDeviceList, reader: DeviceListReader): Promise<void> {
  const isOurs = list.accountId === reader.accountId && list.keyVersion === reader.identityKey.version;
  if (!isOurs || !isInOrder(list) || !(await isNext(list, reader.known))) throw notSigned();
  const key = await crypto.subtle.importKey('raw', reader.identityKey.publicKey, 'Ed25519', false, ['verify']);
  if (!(await crypto.subtle.verify('Ed25519', key, signature, deviceListBytes(list)))) throw notSigned();
}

/** The hash by which the next list names this one. */
export async function deviceListHash(list: DeviceList): Promise<Bytes> {
  return sha256(deviceListBytes(list));
}

function isInOrder({ devices }: DeviceList): boolean {
  const ids = devices.map(({ deviceId }) => deviceId);
  return String(ids) === String([...new Set(ids)].sort());
}

/** A reader who missed lists between takes a later one by its signature alone. */
async function isNext(list: DeviceList, known: DeviceList | undefined): Promise<boolean> {
  if (list.version === 1 && !isSameBytes(list.prevHash, new Uint8Array(FIRST_PREV_HASH_BYTES))) return false;
  if (known === undefined) return list.version >= 1;
  if (list.version === known.version) return isSameBytes(deviceListBytes(list), deviceListBytes(known));
  if (list.version !== known.version + 1) return list.version > known.version;
  return isSameBytes(list.prevHash, await deviceListHash(known));
}

function notSigned(): CryptoError {
  return new CryptoError('not_signed', 'The account has not vouched for this list of devices, or for a newer one.');
}
