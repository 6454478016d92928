import { sign } from 'node:crypto';
import { type DeviceList, deviceListBytes } from '#protocol';
import { type FakeClock, keyPackageBytes, type Reply, type TestRelay, type TestUser } from '#testing';
import { decode, encode, newKey, sha256, type SigningKey, withKey } from './identity-key.js';

/** A signed list as the relay shows it. */
export interface ShownList {
  readonly version: number;
  readonly keyVersion: number;
  readonly body: string;
  readonly signature: string;
  readonly createdAt: string;
}

/** Somebody with an identity key, and with a signing key on each device. */
export interface Lister {
  readonly user: TestUser;
  readonly key: SigningKey;
  readonly mls: SigningKey;
}

/** The first list of somebody, of the device at hand. */
export function firstList({ user, mls }: Pick<Lister, 'user' | 'mls'>): DeviceList {
  const devices = [{ deviceId: user.deviceId, mlsSigningKey: mls.raw, addedAtMs: 1_795_338_000_000 }];
  return { accountId: user.accountId, version: 1, keyVersion: 1, prevHash: Buffer.alloc(32), devices };
}

/** The list that follows on another, with other devices or another key. */
export function nextList(list: DeviceList, changes: Partial<DeviceList> = {}): DeviceList {
  return { ...list, version: list.version + 1, prevHash: sha256(deviceListBytes(list)), ...changes };
}

/** With further devices, in order. */
export function withDevices(list: DeviceList, ...devices: { device: TestUser; mls: SigningKey }[]): DeviceList {
  const more = devices.map(({ device, mls }) => ({
    deviceId: device.deviceId,
    mlsSigningKey: mls.raw,
    addedAtMs: 1_795_338_000_000,
  }));
  const all = [...list.devices, ...more].sort((one, other) => (one.deviceId < other.deviceId ? -1 : 1));
  return nextList(list, { devices: all });
}

/** The body that uploads a list, signed. */
export function signed(list: DeviceList, key: SigningKey): { version: number; body: string; signature: string } {
  const body = deviceListBytes(list);
  return { version: list.version, body: encode(body), signature: encode(sign(null, body, key.privateKey)) };
}

export async function putList({ user, key }: Pick<Lister, 'user' | 'key'>, list: DeviceList): Promise<Reply> {
  return user.request('PUT', '/devices/list', signed(list, key));
}

/** Somebody whose one device is on their list. */
export async function listed(relay: Pick<TestRelay, 'url'>): Promise<Lister & { list: DeviceList; shown: ShownList }> {
  const lister = { ...(await withKey(relay)), mls: newKey() };
  const list = firstList(lister);
  const { status, body } = await putList(lister, list);
  if (status !== 200) throw new Error(`the list was refused: ${JSON.stringify(body)}`);
  return { ...lister, list, shown: body };
}

/** Of a relay whose clock nobody has turned. */
export const REAL_TIME = { clock: { now: () => new Date() } };

interface PackageOptions {
  readonly suite?: number;
  readonly lifeSeconds?: number;
  readonly startsInSeconds?: number;
}

/** Key packages of a device, good from an hour ago on. */
export function keyPackagesOf(
  relay: { readonly clock: Pick<FakeClock, 'now'> },
  { user, mls }: Pick<Lister, 'user' | 'mls'>,
  count = 1,
  { lifeSeconds = 90 * 86_400, startsInSeconds = -3_000, ...options }: PackageOptions = {},
): string[] {
  const notBefore = Math.floor(relay.clock.now().getTime() / 1000) + startsInSeconds;
  const identity = { accountId: user.accountId, deviceId: user.deviceId };
  const draft = { identity, signatureKey: mls.raw, notBefore, notAfter: notBefore + lifeSeconds, ...options };
  // Short keys, of which nobody here makes use: hundreds of real ones are half a megabyte.
  const short = (): Buffer => Buffer.from(newKey().raw);
  return Array.from({ length: count }, () =>
    encode(keyPackageBytes({ ...draft, initKey: short(), encryptionKey: short() })),
  );
}

export async function upload(user: TestUser, bodies: readonly string[], lastResort = false): Promise<Reply> {
  const keyPackages = bodies.map((body) => (lastResort ? { body, lastResort } : { body }));
  return user.request('POST', '/devices/me/key-packages', { keyPackages });
}

/** A key package as it is handed out. */
export interface HandedOut {
  readonly deviceId: string;
  readonly ref: string;
  readonly body: string;
  readonly lastResort: boolean;
}

export async function claim(by: TestUser, of: TestUser, body: Record<string, unknown> = {}): Promise<Reply> {
  return by.request('POST', `/users/${of.username}/key-packages/claim`, body);
}

/** What was handed out of the first device that had anything. */
export async function claimOne(by: TestUser, of: TestUser, body: Record<string, unknown> = {}): Promise<HandedOut> {
  return (await claim(by, of, body)).body.keyPackages[0];
}

export const refOf = (body: string): string => encode(sha256(decode(body)));

/** How many wait of the default suite. */
export async function available(user: TestUser): Promise<number> {
  return (await user.request('GET', '/devices/me/key-packages/count')).body.counts[0].available;
}
