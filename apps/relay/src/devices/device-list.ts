import { createHash } from 'node:crypto';
import type { AccountId, DeviceId, DeviceList } from '#protocol';
import { hasSignedBytes, type PublicKey } from '../keys/index.js';
import { DeviceListNotCurrent, DeviceListNotSigned, DeviceListWrong } from './device-lists.errors.js';

/** A list as its account sent it: the bytes that were signed, and what they say. */
export interface SignedDeviceList {
  readonly list: DeviceList;
  readonly body: Buffer;
  readonly signature: Buffer;
}

/** A list as it is kept and shown. */
export interface StoredDeviceList extends SignedDeviceList {
  readonly createdAt: Date;
}

/** What a new list is held against. */
export interface DeviceListSituation {
  readonly accountId: AccountId;
  readonly current: StoredDeviceList | undefined;
  readonly identityKey: (PublicKey & { readonly version: number }) | undefined;
  readonly liveDevices: readonly DeviceId[];
}

const NO_LIST = Buffer.alloc(32);

/** Whether it is the very list that is current, as a retry brings it. */
export function isSameList(one: SignedDeviceList, other: SignedDeviceList | undefined): boolean {
  return other !== undefined && one.body.equals(other.body) && one.signature.equals(other.signature);
}

/**
 * That a list may be the next one. What became old meanwhile comes before what was never right, so that a client that
 * lost a race is told to read again. @throws {DeviceListNotCurrent} @throws {DeviceListNotSigned} @throws {DeviceListWrong}
 */
export function demandNextList({ list, body, signature }: SignedDeviceList, situation: DeviceListSituation): void {
  const { accountId, current, identityKey, liveDevices } = situation;
  if (list.accountId !== accountId) throw new DeviceListWrong('names another account');
  if (list.version !== (current?.list.version ?? 0) + 1) throw new DeviceListNotCurrent();
  if (!hashOf(current).equals(list.prevHash)) throw new DeviceListNotCurrent();
  if (list.keyVersion !== identityKey?.version) throw new DeviceListNotCurrent();
  if (!hasSignedBytes(identityKey, body, signature)) throw new DeviceListNotSigned();
  const live = new Set<string>(liveDevices);
  if (!list.devices.every(({ deviceId }) => live.has(deviceId)))
    throw new DeviceListWrong('names a device that is not a live one of the account');
}

/** The devices of which nothing made under the list before holds any more: they are gone, or sign with another key. */
export function devicesLeftBehind(before: DeviceList | undefined, after: DeviceList): string[] {
  const keys = new Map(after.devices.map(({ deviceId, mlsSigningKey }) => [deviceId, Buffer.from(mlsSigningKey)]));
  const left = (before?.devices ?? []).filter(
    ({ deviceId, mlsSigningKey }) => keys.get(deviceId)?.equals(mlsSigningKey) !== true,
  );
  return left.map(({ deviceId }) => deviceId);
}

function hashOf(current: StoredDeviceList | undefined): Buffer {
  return current === undefined ? NO_LIST : createHash('sha256').update(current.body).digest();
}
