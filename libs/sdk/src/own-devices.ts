import { type AccountDevice, listDevices, renameDevice, revokeDevice } from './account/devices.js';
import type { Opened } from './device-opening.js';
import type { DeviceLink } from './linking/device-link.js';
import { linkNewDevice } from './linking/old-device.js';

/** @param opened gives the account that is open. */
export function devicesOf(opened: () => Opened) {
  return {
    list: (): Promise<AccountDevice[]> => listDevices(opened().account),
    rename: (deviceId: string, name: string): Promise<void> => renameDevice(opened().account, deviceId, name),
    /**
     * Links the new device that shows a code, and hands on what this one can read; the event `historyHandedOver` says when all of
     * it lies ready.
     *
     * @throws {CryptoError} `not_a_code` @throws {AccountError} `linking_expired`, and `relay_not_trusted` when the relay passes on
     * another key than that of the device that shows the code.
     */
    link: (code: string): Promise<DeviceLink> => {
      const { account, session } = opened();
      return linkNewDevice({ account, contacts: session.contacts, history: session.history }, code);
    },
    /** Takes a device off the list, ends its session, and has it removed from all groups. */
    revoke: (deviceId: string): Promise<void> => revokeDevice(opened().account, deviceId),
  };
}
