import { canonicalBytes } from './canonical.js';

/** A device as its account vouches for it. */
export interface ListedDevice {
  /** UUID. */
  readonly deviceId: string;
  /** The raw Ed25519 key with which the device signs its leaves, key packages and commits (RFC 9420 §7.2). */
  readonly mlsSigningKey: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly addedAtMs: number;
}

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
  return canonicalBytes('sealpost device list 1', [
    accountId,
    version,
    keyVersion,
    prevHash,
    devices.length,
    ...listed,
  ]);
}
