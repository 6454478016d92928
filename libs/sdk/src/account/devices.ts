import type { components } from '#api-client';
import { isRefusal } from '../relay/relay.errors.js';
import type { OpenAccount } from './open-account.js';
import { changeList, currentList, type Lister } from './own-device-list.js';

/** A device of the account. */
export interface AccountDevice {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastSeenDay: string;
  /** Whether it is this one. */
  readonly current: boolean;
  /** Whether the account has signed for it. One that is not listed reads nothing, and may be a stranger's. */
  readonly isListed: boolean;
}

/**
 * What the relay says of the devices, and what the signed list says.
 *
 * @throws {AccountError} `relay_not_trusted` if the list is not signed, or an older one.
 */
export async function listDevices(account: OpenAccount): Promise<AccountDevice[]> {
  const { items } = await account.relay.call((api) => api.GET('/v1/devices'));
  const listed = new Set((await currentList(await lister(account)))?.devices.map(({ deviceId }) => deviceId));
  return items.map((device: components['schemas']['DeviceDto']) => ({ ...device, isListed: listed.has(device.id) }));
}

/** @throws {RelayRefusal} `not_found` for a device that is none of the account's. */
export async function renameDevice({ relay }: OpenAccount, id: string, name: string): Promise<void> {
  await relay.call((api) => api.PATCH('/v1/devices/{id}', { params: { path: { id } }, body: { name } }));
}

/**
 * Takes a device off the signed list, and then ends its sessions: if the second step fails, nobody trusts it any more all the
 * same. May be repeated.
 *
 * @throws {AccountError} `relay_not_trusted` if the present list is not signed, or an older one.
 */
export async function revokeDevice(account: OpenAccount, id: string): Promise<void> {
  await changeList(await lister(account), (devices) => {
    const others = devices.filter(({ deviceId }) => deviceId !== id);
    return Promise.resolve(others.length === devices.length ? undefined : others);
  });
  try {
    await account.relay.call((api) => api.DELETE('/v1/devices/{id}', { params: { path: { id } } }));
  } catch (error) {
    if (!isRefusal(error, 'not_found')) throw error;
  }
}

/** With the key that the account has now: another device may have replaced it. */
async function lister({ accountId, store, relay, identity }: OpenAccount): Promise<Lister> {
  await identity.follow();
  return { accountId, store, relay, identity: identity.current };
}
