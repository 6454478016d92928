import { Injectable } from '@nestjs/common';
import { type DeviceId, LIMITS, MLS_SUITES } from '#protocol';
import { type Account, AccountsService } from '../accounts/index.js';
import { Delivery } from '../delivery/index.js';
import { KeysStore } from '../keys/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Caller, LocatedCaller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import type { StoredDeviceList } from './device-list.js';
import { DeviceListsStore } from './device-lists.store.js';
import { DevicesStore } from './devices.store.js';
import { type ClaimedKeyPackage, type KeyPackageDraft, type KeyPackageStock, readUpload } from './key-package.js';
import { KeyPackageUploadsStore } from './key-package-uploads.store.js';
import { type ClaimedFrom, KeyPackagesStore } from './key-packages.store.js';

export interface ClaimRequest {
  readonly suite: number;
  /** All of the account's devices, unless stated. */
  readonly deviceIds: readonly DeviceId[] | undefined;
}

/** What somebody needs to bring an account's devices into a group. */
export interface Claim {
  readonly accountId: Account['id'];
  readonly list: StoredDeviceList | undefined;
  readonly keyPackages: readonly ClaimedKeyPackage[];
  /** Devices that were asked for, and of which there is none. */
  readonly without: readonly DeviceId[];
}

/** One-time keys, with which devices are brought into groups while they are away. */
@Injectable()
export class KeyPackagesService {
  constructor(
    private readonly keyPackages: KeyPackagesStore,
    private readonly uploads: KeyPackageUploadsStore,
    private readonly devices: DevicesStore,
    private readonly lists: DeviceListsStore,
    private readonly keys: KeysStore,
    private readonly accounts: AccountsService,
    private readonly delivery: Delivery,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  /** Adds to the stock of the calling device. @throws {KeyPackageWrong} @throws {DeviceNotListed} @throws {TooManyKeyPackages} */
  async upload(caller: Caller, drafts: readonly KeyPackageDraft[]): Promise<KeyPackageStock[]> {
    const at = this.clock.now();
    const keyPackages = readUpload(drafts, caller, at);
    await this.limiter.take('keyPackages', caller.deviceId);
    const { accountId, deviceId } = caller;
    return everySuite(await this.uploads.add({ accountId, deviceId, keyPackages, at }));
  }

  async stock({ deviceId }: Caller): Promise<KeyPackageStock[]> {
    return everySuite(await this.keyPackages.stock(deviceId, this.clock.now()));
  }

  /**
   * One key package of each device of whoever has the name, but the calling one. Who blocked whom makes no difference: it
   * would be seen. Of an account that is to be deleted there is none: nobody begins anything with it. @throws {NotFound}
   */
  async claim(asker: LocatedCaller, username: string, { suite, deviceIds }: ClaimRequest): Promise<Claim> {
    const { caller } = asker;
    const account = await this.accounts.find(asker, username);
    const list = await this.lists.current(account.id);
    const live = (await this.devices.list(account.id)).map(({ id }) => id).filter((id) => id !== caller.deviceId);
    const asked = [...new Set(deviceIds ?? live)];
    const isTrusted = list !== undefined && !(await this.keys.wasResetSince(account.id, list.list.keyVersion));
    const devices = isTrusted && account.deletionDueAt === null ? live.filter((id) => asked.includes(id)) : [];
    const keyPackages = await this.handOut(caller, account, { devices, suite, at: this.clock.now() });
    const served = new Set(keyPackages.map(({ deviceId }) => deviceId));
    return { accountId: account.id, list, keyPackages, without: asked.filter((id) => !served.has(id)) };
  }

  /** Over the limit of claims, and where nothing is left, the last resorts are all there is. */
  private async handOut(caller: Caller, account: Account, from: ClaimedFrom): Promise<ClaimedKeyPackage[]> {
    const { allowed } = await this.limiter.draw('keyPackageClaims', `${caller.accountId}:${account.id}`);
    if (!allowed) return this.keyPackages.lastResorts(from);
    const { handedOut, left } = await this.keyPackages.take(from);
    for (const { deviceId, available } of left)
      if (available === LIMITS.keyPackagesLow || available === 0)
        this.delivery.push('keyPackages:low', { suite: from.suite, available }, { devices: [deviceId] });
    return handedOut;
  }
}

/** With a line for each suite that is used here, so that a device sees where it has nothing. */
function everySuite(stocks: readonly KeyPackageStock[]): KeyPackageStock[] {
  return Object.values(MLS_SUITES).map(
    (suite) => stocks.find((stock) => stock.suite === suite) ?? { suite, available: 0, lastResort: false },
  );
}
