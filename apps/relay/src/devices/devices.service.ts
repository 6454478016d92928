import { Injectable } from '@nestjs/common';
import { type AccountId, type DeviceId, LIMITS } from '#protocol';
import { AccountsService, type Asker } from '../accounts/index.js';
import { ChangesService } from '../changes/index.js';
import { StepUp } from '../mfa/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { SessionsService } from '../sessions/index.js';
import type { Device } from './device.js';
import type { StoredDeviceList } from './device-list.js';
import { DeviceListsStore } from './device-lists.store.js';
import { DevicesStore } from './devices.store.js';

/** What is shown of somebody's devices. */
export interface PeerDevices {
  readonly devices: readonly Device[];
  readonly list: StoredDeviceList | undefined;
  /** That were current between a version the asker knows and the list. */
  readonly earlierLists: readonly StoredDeviceList[];
}

/** The devices of accounts: one's own, and who else's there are. */
@Injectable()
export class DevicesService {
  constructor(
    private readonly devices: DevicesStore,
    private readonly lists: DeviceListsStore,
    private readonly accounts: AccountsService,
    private readonly sessions: SessionsService,
    private readonly stepUp: StepUp,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  async own(caller: Caller): Promise<Device[]> {
    return this.devices.list(caller.accountId);
  }

  /**
   * The devices of whoever has the name, and which of them the account vouches for.
   * @param listsAfter the version from which on lists are wanted that were current meanwhile. @throws {NotFound}
   */
  async of(asker: Asker, username: string, listsAfter: number | undefined): Promise<PeerDevices> {
    const { id } = await this.accounts.find(asker, username);
    const list = await this.lists.current(id);
    const earlierLists = await this.listsBetween(id, listsAfter, list);
    return { devices: await this.devices.list(id), list, earlierLists };
  }

  private async listsBetween(
    accountId: AccountId,
    after: number | undefined,
    current: StoredDeviceList | undefined,
  ): Promise<StoredDeviceList[]> {
    const before = current?.list.version ?? 0;
    if (after === undefined || after + 1 >= before) return [];
    return this.lists.between(accountId, after, before, LIMITS.pageItems);
  }

  /** Registers a further device; it gets sessions by signing in as it. @throws {DeviceLimitReached} */
  async add(caller: Caller, name: string): Promise<Device> {
    await this.limiter.take('devices', caller.accountId);
    const { device, changes } = await this.devices.add(caller, { name, at: this.clock.now() });
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

  /** Revokes a device: its sessions are over and its sockets closed. @throws {NotFound} also for other people's devices. @throws {MfaRequired} */
  async revoke(caller: Caller, deviceId: DeviceId): Promise<void> {
    await this.stepUp.demand(caller);
    const { sessions, changes } = await this.devices.revoke(caller, deviceId, this.clock.now());
    this.sessions.announceEnd(sessions, 'device_revoked');
    this.changes.announce(changes);
  }
}
