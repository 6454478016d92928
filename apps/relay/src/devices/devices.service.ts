import { Injectable } from '@nestjs/common';
import type { DeviceId } from '#protocol';
import { AccountsService, type Asker } from '../accounts/index.js';
import { ChangesService } from '../changes/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { SessionsService } from '../sessions/index.js';
import type { Device } from './device.js';
import type { StoredDeviceList } from './device-list.js';
import { DeviceListsStore } from './device-lists.store.js';
import { DevicesStore } from './devices.store.js';

/** The devices of accounts: one's own, and who else's there are. */
@Injectable()
export class DevicesService {
  constructor(
    private readonly devices: DevicesStore,
    private readonly lists: DeviceListsStore,
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  async own(caller: Caller): Promise<Device[]> {
    return this.devices.list(caller.accountId);
  }

  /** The devices of whoever has the name, and which of them the account vouches for. @throws {NotFound} */
  async of(asker: Asker, username: string): Promise<{ devices: Device[]; list: StoredDeviceList | undefined }> {
    const { id } = await this.accounts.find(asker, username);
    return { devices: await this.devices.list(id), list: await this.lists.current(id) };
  }

  /** Registers a further device; it gets sessions by signing in as it. @throws {DeviceLimitReached} */
  async add(caller: Caller, name: string): Promise<Device> {
    await this.limiter.take('devices', caller.accountId);
    const { device, changes } = await this.devices.add({ accountId: caller.accountId, name, at: this.clock.now() });
    this.changes.announce(changes);
    return device;
  }

  /** @throws {NotFound} also for other people's devices. */
  async rename(caller: Caller, deviceId: DeviceId, name: string): Promise<Device> {
    await this.limiter.take('devices', caller.accountId);
    const { device, changes } = await this.devices.rename({ accountId: caller.accountId, deviceId }, name);
    this.changes.announce(changes);
    return device;
  }

  /** Revokes a device: its sessions are over and its sockets closed. @throws {NotFound} also for other people's devices. */
  async revoke(caller: Caller, deviceId: DeviceId): Promise<void> {
    const { sessions, changes } = await this.devices.revoke(
      { accountId: caller.accountId, deviceId },
      this.clock.now(),
    );
    this.sessions.announceEnd(sessions, 'device_revoked');
    this.changes.announce(changes);
  }
}
