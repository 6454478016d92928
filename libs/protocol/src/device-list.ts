import { canonicalBytes, readCanonicalBytes, readWhole } from './canonical.js';
import { readUuid } from './mls/mls-names.js';

/** A device as its account vouches for it. */
export interface ListedDevice {
  /** UUID. */
  readonly deviceId: string;
  /** The raw Ed25519 key with which the device signs its leaves, key packages and commits (RFC 9420 §7.2). */
  readonly mlsSigningKey: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly addedAtMs: number;
}

const LABEL = 'sealpost device list 1';
const HASH_BYTES = 32;
const SIGNING_KEY_BYTES = 32;
/** Fields of the list before those of its devices, and of each device. */
const HEAD_FIELDS = 5;
const DEVICE_FIELDS = 3;

/**
 * All devices of an account, in one list that its identity key signs: what is not on it is nobody's device, whatever the
 * relay says. Each list replaces the one before, which it names by its hash.
 */
export interface DeviceList {
  readonly accountId: string;
  /** 1, 2, 3 …: readers refuse an older one than they have seen. */
  readonly version: number;
  /** The version of the identity key that signs. */
  readonly keyVersion: number;
  /** SHA-256 of the {@link deviceListBytes} before; 32 zero bytes for version 1. */
  readonly prevHash: Uint8Array;
  /** By ascending `deviceId`, none twice. */
  readonly devices: readonly ListedDevice[];
}

/** The canonical bytes of a list: what the identity key signs, and what the next list hashes. */
export function deviceListBytes({
  accountId,
  version,
  keyVersion,
  prevHash,
  devices,
}: DeviceList): Uint8Array<ArrayBuffer> {
  const listed = devices.flatMap(({ deviceId, mlsSigningKey, addedAtMs }) => [deviceId, mlsSigningKey, addedAtMs]);
  return canonicalBytes(LABEL, [accountId, version, keyVersion, prevHash, devices.length, ...listed]);
}

/** @returns undefined for whatever {@link deviceListBytes} does not write of versions from 1 on and devices in order. */
export function readDeviceList(bytes: Uint8Array): DeviceList | undefined {
  const fields = readCanonicalBytes(LABEL, bytes) ?? [];
  const [account, ownVersion, key, prevHash, count] = fields;
  if (!account || !ownVersion || !key || !prevHash || !count) return undefined;
  const [accountId, version, keyVersion] = [readUuid(account), readWhole(ownVersion), readWhole(key)];
  const devices = readDevices(fields.slice(HEAD_FIELDS), readWhole(count));
  if (accountId === undefined || !version || !keyVersion || prevHash.length !== HASH_BYTES) return undefined;
  return devices && { accountId, version, keyVersion, prevHash, devices };
}

function readDevices(fields: readonly Uint8Array[], count: number | undefined): ListedDevice[] | undefined {
  if (fields.length !== (count ?? -1) * DEVICE_FIELDS) return undefined;
  const devices: ListedDevice[] = [];
  for (let next = 0; next < fields.length; next += DEVICE_FIELDS) {
    const device = readDevice(fields.slice(next, next + DEVICE_FIELDS));
    // By ascending id, so that none is there twice.
    if (device === undefined || device.deviceId <= (devices.at(-1)?.deviceId ?? '')) return undefined;
    devices.push(device);
  }
  return devices;
}

function readDevice([id, mlsSigningKey, added]: readonly Uint8Array[]): ListedDevice | undefined {
  if (!id || mlsSigningKey?.length !== SIGNING_KEY_BYTES || !added) return undefined;
  const [deviceId, addedAtMs] = [readUuid(id), readWhole(added)];
  return deviceId === undefined || addedAtMs === undefined ? undefined : { deviceId, mlsSigningKey, addedAtMs };
}
