import { type DeviceClaim, isSameBytes } from '#crypto';
import { type DeviceList, readDeviceList } from '#protocol';
import type { PeerDevice, PeerRecord, PinnedKey, SeenDevice } from './peer-record.js';
import { PEER_LIMITS } from './peer-source.js';

/**
 * `unverified`: the key that was seen first, or accepted, is believed. `verified`: the user has compared it. `changed`: the user
 * had compared another one and has to decide; until then nothing is sent, and nobody is brought in by this device. Devices are
 * believed meanwhile as far as the compared key vouches, by the keys that have each signed for the next one: who would not follow
 * what others do by that right loses their groups.
 */
export type PeerState = 'unverified' | 'verified' | 'changed';

export function stateOf({ keys, verified }: PeerRecord): PeerState {
  if (verified === null) return 'unverified';
  return keys.at(-1)?.fingerprint === verified ? 'verified' : 'changed';
}

/** Whether the user has decided, so that what was held back may go. */
export function isReleased(before: PeerRecord | undefined, after: PeerRecord): boolean {
  return before !== undefined && stateOf(before) === 'changed' && stateOf(after) !== 'changed';
}

/** A record whose keys, list or verification have just been set, with what follows of them. */
export function settled(record: PeerRecord): PeerRecord {
  const believing = { ...record, believed: believedOf(record) };
  return { ...believing, seen: seenIn(believing) };
}

function believedOf({ keys, list, verified, believed }: PeerRecord): PeerRecord['believed'] {
  const keyVersion = verified === null ? keys.length : vouchedUpTo(keys, versionOf(keys, verified));
  if (keyVersion === keys.length) return { keyVersion, list };
  const isOfKey = (listOf(believed.list)?.keyVersion ?? Infinity) <= keyVersion;
  return { keyVersion, list: isOfKey ? believed.list : null };
}

/** The newest version for which a key vouches, by those between. */
function vouchedUpTo(keys: readonly PinnedKey[], from: number): number {
  const reset = keys.findIndex(({ signature }, n) => n >= from && signature === null);
  return reset < 0 ? keys.length : reset;
}

/** Whether it is by another key that a peer's devices are believed than by the newest: nobody vouches for that one. */
function isReset({ keys, believed }: PeerRecord): boolean {
  return believed.keyVersion < keys.length;
}

/** The newest version that has the fingerprint; 0 if none. */
export function versionOf(keys: readonly PinnedKey[], fingerprint: string): number {
  return keys.findLastIndex((key) => key.fingerprint === fingerprint) + 1;
}

function seenIn(record: PeerRecord): SeenDevice[] {
  const keyVersion = listOf(record.believed.list)?.keyVersion ?? 0;
  const present = believedDevices(record).map((device) => ({ ...device, keyVersion }));
  const former = record.seen.filter((device) => !present.some((other) => isSameDevice(device, other)));
  return [...former.slice(-PEER_LIMITS.formerDevices), ...present];
}

/** As if the lists had been seen that were current since the last look. */
export function withEarlier(record: PeerRecord, lists: readonly DeviceList[]): PeerRecord {
  const listed = lists.flatMap(({ devices, keyVersion }) =>
    devices.map(({ deviceId, mlsSigningKey }) => ({
      deviceId,
      mlsSigningKey: new Uint8Array(mlsSigningKey),
      keyVersion,
    })),
  );
  const each = new Map(
    [...record.seen, ...listed].map((device) => [
      [device.deviceId, device.keyVersion, device.mlsSigningKey].join(' '),
      device,
    ]),
  );
  return { ...record, seen: [...each.values()] };
}

/** The devices that the account vouches for. None after a reset of its key, until the new key has signed a list. */
export function believedDevices({ keys, believed }: PeerRecord): PeerDevice[] {
  const list = listOf(believed.list);
  if (list === undefined || !isVouchedFor(keys, list.keyVersion, believed.keyVersion)) return [];
  return list.devices.map(({ deviceId, mlsSigningKey }) => ({
    deviceId,
    mlsSigningKey: new Uint8Array(mlsSigningKey),
  }));
}

/** Whether each key has signed the next one, from a version on to another. */
export function isVouchedFor(keys: readonly PinnedKey[], from: number, to: number): boolean {
  return keys.slice(from, to).every(({ signature }) => signature !== null);
}

/** Whether the account vouches for a device, for what it is to do. See {@link DeviceClaim}. */
export function isBelieved(record: PeerRecord, { device, signatureKey, occasion }: DeviceClaim): boolean {
  const claimed = { deviceId: device.deviceId, mlsSigningKey: signatureKey };
  const isClaimed = (other: PeerDevice): boolean => isSameDevice(claimed, other);
  switch (occasion) {
    case 'add':
      return !isReset(record) && believedDevices(record).some(isClaimed);
    case 'join':
    case 'admitted':
      // A device that has left the list, but of a key that is still vouched for: after a reset, nobody knows whose it is.
      return record.seen.some((seen) => isClaimed(seen) && isOfPresentKey(record, seen));
    case 'remove':
      return believedDevices(record).some(isClaimed);
    case 'update':
      // It was judged when it came in. Whoever refused it now would lose the group of those who have not yet heard.
      return record.seen.some(isClaimed);
  }
}

/** As {@link isBelieved}. @returns undefined if the relay may know better. */
export function judgementOf(pinned: PeerRecord, claim: DeviceClaim): boolean | undefined {
  const believed = isBelieved(pinned, claim);
  // Whoever takes a device out may have read a newer list than this one.
  if (claim.occasion === 'remove') return believed ? undefined : false;
  if (believed) return true;
  // A key for which nobody vouches is for the user to decide about.
  return claim.occasion === 'add' && isReset(pinned) ? false : undefined;
}

function isOfPresentKey({ keys, believed }: PeerRecord, { keyVersion }: SeenDevice): boolean {
  return keyVersion <= believed.keyVersion && isVouchedFor(keys, keyVersion, believed.keyVersion);
}

export function isSameDevice(one: PeerDevice, other: PeerDevice): boolean {
  return one.deviceId === other.deviceId && isSameBytes(one.mlsSigningKey, other.mlsSigningKey);
}

function listOf(bytes: Uint8Array | null): DeviceList | undefined {
  return bytes === null ? undefined : readDeviceList(bytes);
}
