import type { AccountId, DeviceId } from '#protocol';
import type { Addressees, Room } from '../delivery/index.js';
import type { Topic } from '../platform/bus/bus.js';

const [ACCOUNT, DEVICE] = ['account:', 'device:'];

/** A topic for each room. */
export function topicsOf(to: Addressees): Room[] {
  return 'devices' in to
    ? to.devices.map((id): Room => `device:${id}`)
    : to.accounts.map((id): Room => `account:${id}`);
}

/** The addressees whom topics stand for, which are all accounts, or all devices. */
export function addresseesOf(topics: readonly Topic[], except: DeviceId | undefined): Addressees {
  const devices = idsIn(topics, DEVICE);
  if (devices.length > 0) return { devices: devices as DeviceId[] };
  return { accounts: idsIn(topics, ACCOUNT) as AccountId[], except };
}

function idsIn(topics: readonly Topic[], prefix: string): string[] {
  return topics.flatMap((topic) => (topic.startsWith(prefix) ? [topic.slice(prefix.length)] : []));
}
