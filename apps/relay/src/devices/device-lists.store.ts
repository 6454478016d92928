import { Injectable } from '@nestjs/common';
import { type AccountId, type DeviceId, readDeviceList } from '#protocol';
import { Between, type EntityManager } from 'typeorm';
import { AccountsStore } from '../accounts/index.js';
import { AuditLog, byOwner } from '../audit/index.js';
import { type Change, ChangesStore } from '../changes/index.js';
import { KeysStore } from '../keys/index.js';
import { Database } from '../platform/database/database.js';
import type { Caller } from '../platform/http/caller.js';
import { DeviceListEntity } from './device-list.entity.js';
import {
  demandNextList,
  devicesLeftBehind,
  isSameList,
  type SignedDeviceList,
  type StoredDeviceList,
} from './device-list.js';
import { KeyPackagesStore } from './key-packages.store.js';

interface NewDeviceList {
  readonly caller: Caller;
  readonly signed: SignedDeviceList;
  readonly at: Date;
}

/** Signed lists of devices, by account. There is no statement here that changes or removes one. */
@Injectable()
export class DeviceListsStore {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsStore,
    private readonly keys: KeysStore,
    private readonly keyPackages: KeyPackagesStore,
    private readonly changes: ChangesStore,
    private readonly audit: AuditLog,
  ) {}

  async current(accountId: AccountId, manager = this.database.manager): Promise<StoredDeviceList | undefined> {
    const row = await manager
      .getRepository(DeviceListEntity)
      .findOne({ where: { accountId }, order: { version: 'DESC' } });
    return row === null ? undefined : toStoredDeviceList(row);
  }

  /** The lists after a version and before another, oldest first; of more than `most` the newest. */
  async between(accountId: AccountId, after: number, before: number, most: number): Promise<StoredDeviceList[]> {
    const where = { accountId, version: Between(after + 1, before - 1) };
    const rows = await this.database.manager
      .getRepository(DeviceListEntity)
      .find({ where, order: { version: 'DESC' }, take: most });
    return rows.reverse().map(toStoredDeviceList);
  }

  /**
   * Appends a list and notes it for everyone who should hear of it; the current one again changes nothing. All that it is
   * held against is read under the account's row lock, which rotations of the key and revocations of devices wait for.
   */
  async append({ caller, signed, at }: NewDeviceList): Promise<{ list: StoredDeviceList; changes: Change[] }> {
    const { accountId } = caller;
    return this.database.transaction(async (manager) => {
      // All at once and in order, since noting the change below locks them too.
      const acquaintances = await this.accounts.holdAcquaintances(manager, accountId);
      const current = await this.current(accountId, manager);
      if (current !== undefined && isSameList(signed, current)) return { list: current, changes: [] };
      const identityKey = await this.keys.current(accountId, manager);
      const liveDevices = await this.holdDevices(manager, accountId);
      demandNextList(signed, { accountId, current, identityKey, liveDevices });
      await this.insert(manager, { caller, signed, at });
      await this.keyPackages.removeOfDevices(manager, devicesLeftBehind(current?.list, signed.list));
      const changes = await this.changes.note(manager, acquaintances, 'device_list', accountId);
      await this.audit.append(manager, byOwner(caller, 'device_list_signed', at));
      return { list: { ...signed, createdAt: at }, changes };
    });
  }

  /** The live devices, kept from being revoked and from uploading what the list before vouched for. */
  private async holdDevices(manager: EntityManager, accountId: AccountId): Promise<DeviceId[]> {
    const rows = await manager.query<{ id: DeviceId }[]>(
      'SELECT id FROM devices WHERE account_id = $1 AND revoked_at IS NULL ORDER BY id FOR NO KEY UPDATE',
      [accountId],
    );
    return rows.map(({ id }) => id);
  }

  private async insert(manager: EntityManager, { caller, signed, at }: NewDeviceList): Promise<void> {
    const { accountId } = caller;
    const { list, body, signature } = signed;
    await manager
      .getRepository(DeviceListEntity)
      .insert({ accountId, version: list.version, keyVersion: list.keyVersion, body, signature, createdAt: at });
  }
}

function toStoredDeviceList({ body, signature, createdAt }: DeviceListEntity): StoredDeviceList {
  const list = readDeviceList(body);
  if (list === undefined) throw new Error('a list of devices is stored that is none');
  return { list, body, signature, createdAt };
}
