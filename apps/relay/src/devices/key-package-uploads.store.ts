import { Injectable } from '@nestjs/common';
import type { AccountId, DeviceId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { byteaArray } from '../platform/database/binary-arrays.js';
import { Database } from '../platform/database/database.js';
import { Quotas } from '../platform/limits/quotas.js';
import { DeviceListsStore } from './device-lists.store.js';
import { DevicesStore } from './devices.store.js';
import type { KeyPackageStock, NewKeyPackage } from './key-package.js';
import { DeviceNotListed, TooManyKeyPackages } from './key-packages.errors.js';
import { KeyPackagesStore } from './key-packages.store.js';

interface Upload {
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
  readonly keyPackages: readonly NewKeyPackage[];
  readonly at: Date;
}

/** Takes in what devices upload. */
@Injectable()
export class KeyPackageUploadsStore {
  constructor(
    private readonly database: Database,
    private readonly devices: DevicesStore,
    private readonly lists: DeviceListsStore,
    private readonly keyPackages: KeyPackagesStore,
    private readonly quotas: Quotas,
  ) {}

  /**
   * Adds key packages; those that are here already, or were handed out, change nothing. One upload of a device at a time,
   * and none beside a new list of devices. @throws {DeviceNotListed} @throws {TooManyKeyPackages}
   */
  async add(upload: Upload): Promise<KeyPackageStock[]> {
    return this.database.transaction(async (manager) => {
      if ((await this.devices.holdAlone(manager, upload)) === undefined) throw new DeviceNotListed();
      await this.demandListed(manager, upload);
      await this.makeRoom(manager, upload);
      await this.insert(manager, upload);
      await this.demandRoom(manager, upload.deviceId);
      return this.keyPackages.stock(upload.deviceId, upload.at, manager);
    });
  }

  private async demandListed(manager: EntityManager, { accountId, deviceId, keyPackages }: Upload): Promise<void> {
    const current = await this.lists.current(accountId, manager);
    const listed = current?.list.devices.find((device) => device.deviceId === deviceId);
    if (listed === undefined) throw new DeviceNotListed();
    const isListed = keyPackages.every(({ signatureKey }) => Buffer.from(signatureKey).equals(listed.mlsSigningKey));
    if (!isListed) throw new DeviceNotListed();
  }

  /** What has expired goes, and so does a last resort that is to be replaced. */
  private async makeRoom(manager: EntityManager, { deviceId, keyPackages, at }: Upload): Promise<void> {
    const lastResorts = keyPackages.filter(({ lastResort }) => lastResort);
    await manager.query(
      `DELETE FROM key_packages WHERE device_id = $1
       AND (not_after <= $2 OR last_resort AND suite = ANY ($3) AND ref <> ALL ($4))`,
      [deviceId, at, lastResorts.map(({ suite }) => suite), byteaArray(lastResorts.map(({ ref }) => ref))],
    );
  }

  private async insert(manager: EntityManager, { accountId, deviceId, keyPackages, at }: Upload): Promise<void> {
    await manager.query(
      `INSERT INTO key_packages (ref, account_id, device_id, suite, body, not_after, last_resort, created_at)
       SELECT n.ref, $1, $2, n.suite, n.body, n.not_after, n.last_resort, $3
       FROM unnest($4::bytea[], $5::integer[], $6::bytea[], $7::timestamptz[], $8::boolean[])
         AS n (ref, suite, body, not_after, last_resort)
       ON CONFLICT DO NOTHING`,
      [
        accountId,
        deviceId,
        at,
        byteaArray(keyPackages.map(({ ref }) => ref)),
        keyPackages.map(({ suite }) => suite),
        byteaArray(keyPackages.map(({ body }) => body)),
        keyPackages.map(({ notAfter }) => notAfter),
        keyPackages.map(({ lastResort }) => lastResort),
      ],
    );
    // After it, so that what somebody is just taking is seen: the row above waited for that one's end.
    await manager.query(
      'DELETE FROM key_packages k USING spent_key_packages s WHERE k.device_id = $1 AND k.ref = s.ref',
      [deviceId],
    );
  }

  private async demandRoom(manager: EntityManager, deviceId: DeviceId): Promise<void> {
    const limit = this.quotas.of('keyPackagesPerDevice');
    const rows = await manager.query<{ all: string }[]>(
      'SELECT count(*) AS all FROM key_packages WHERE device_id = $1',
      [deviceId],
    );
    if (Number(rows[0]?.all) > limit) throw new TooManyKeyPackages(limit);
  }
}
