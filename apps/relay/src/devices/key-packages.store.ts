import { Injectable } from '@nestjs/common';
import type { AccountId, DeviceId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { ClaimedKeyPackage, KeyPackageStock } from './key-package.js';

/** From which devices of which suite, and at what time. */
export interface ClaimedFrom {
  readonly devices: readonly DeviceId[];
  readonly suite: number;
  readonly at: Date;
}

/** How many a device has left after one was taken. */
interface Remainder {
  readonly deviceId: DeviceId;
  readonly available: number;
}

interface PackageRow {
  readonly device_id: DeviceId;
  readonly ref: Buffer;
  readonly body: Buffer;
}

interface StockRow {
  readonly suite: number;
  readonly available: string;
  readonly last_resort: boolean;
}

/** Key packages that wait to be handed out: each but the last resorts once. */
@Injectable()
export class KeyPackagesStore {
  constructor(private readonly database: Database) {}

  /** What a device has waiting that is still good, by suite. */
  async stock(deviceId: DeviceId, at: Date, manager = this.database.manager): Promise<KeyPackageStock[]> {
    const rows = await manager.query<StockRow[]>(
      `SELECT suite, count(*) FILTER (WHERE NOT last_resort) AS available, bool_or(last_resort) AS last_resort
       FROM key_packages WHERE device_id = $1 AND not_after > $2 GROUP BY suite`,
      [deviceId, at],
    );
    return rows.map((row) => ({ suite: row.suite, available: Number(row.available), lastResort: row.last_resort }));
  }

  /**
   * Takes one of each device that has any, the one that expires first, and of the others the last resort: all at once, since
   * what is taken is lost if anything fails after it. Whoever comes at the same time skips the row that is locked and takes
   * another; that one is spent is recorded with the deletion, or a repeated upload would bring it back.
   */
  async take(from: ClaimedFrom): Promise<{ handedOut: ClaimedKeyPackage[]; left: Remainder[] }> {
    return this.database.transaction(async (manager) => {
      const rows = await manager.query<PackageRow[]>(
        `WITH picked AS MATERIALIZED (
           SELECT k.ref FROM unnest($1::uuid[]) AS d (id) CROSS JOIN LATERAL (
             SELECT ref FROM key_packages WHERE device_id = d.id AND suite = $2 AND not_after > $3 AND NOT last_resort
             ORDER BY not_after LIMIT 1 FOR UPDATE SKIP LOCKED
           ) k
         ), taken AS (
           DELETE FROM key_packages k USING picked WHERE k.ref = picked.ref RETURNING k.device_id, k.ref, k.body, k.not_after
         ), spent AS (
           INSERT INTO spent_key_packages (ref, not_after) SELECT ref, not_after FROM taken ON CONFLICT DO NOTHING
         )
         SELECT device_id, ref, body FROM taken`,
        [from.devices, from.suite, from.at],
      );
      const devices = rows.map((row) => row.device_id);
      const without = from.devices.filter((id) => !devices.includes(id));
      const lastResorts = await this.lastResorts({ ...from, devices: without }, manager);
      const left = await this.countLeft(manager, { ...from, devices });
      return { handedOut: [...rows.map((row) => toClaimed(row, false)), ...lastResorts], left };
    });
  }

  /** The last resorts of devices: they stay, however often they are handed out. */
  async lastResorts(
    { devices, suite, at }: ClaimedFrom,
    manager = this.database.manager,
  ): Promise<ClaimedKeyPackage[]> {
    if (devices.length === 0) return [];
    const rows = await manager.query<PackageRow[]>(
      `SELECT device_id, ref, body FROM key_packages
       WHERE device_id = ANY ($1) AND suite = $2 AND not_after > $3 AND last_resort`,
      [devices, suite, at],
    );
    return rows.map((row) => toClaimed(row, true));
  }

  async removeOfDevices(manager: EntityManager, devices: readonly string[]): Promise<void> {
    await manager.query('DELETE FROM key_packages WHERE device_id = ANY ($1)', [devices]);
  }

  async removeOfAccount(manager: EntityManager, accountId: AccountId): Promise<void> {
    await manager.query('DELETE FROM key_packages WHERE account_id = $1', [accountId]);
  }

  /** Forgets key packages whose life is over, a bounded number of them, and which of them were spent. */
  async forgetExpired(at: Date, limit: number): Promise<number> {
    const [waiting, spent] = [
      await this.database.query(removeExpired('key_packages'), [at, limit]),
      await this.database.query(removeExpired('spent_key_packages'), [at, limit]),
    ];
    return Math.max(waiting.length, spent.length);
  }

  /**
   * One claim of a device counts at a time, and each sees those before it: so exactly one of them sees any number as the
   * stock falls.
   */
  private async countLeft(manager: EntityManager, { devices, suite, at }: ClaimedFrom): Promise<Remainder[]> {
    if (devices.length === 0) return [];
    const inOrder = [...devices].sort();
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended(id, $2)) FROM unnest($1::text[]) AS d (id)', [
      inOrder,
      suite,
    ]);
    const rows = await manager.query<{ id: DeviceId; available: string }[]>(
      `SELECT d.id, count(k.ref) AS available FROM unnest($1::uuid[]) AS d (id)
       LEFT JOIN key_packages k ON k.device_id = d.id AND k.suite = $2 AND k.not_after > $3 AND NOT k.last_resort
       GROUP BY d.id`,
      [inOrder, suite, at],
    );
    return rows.map(({ id, available }) => ({ deviceId: id, available: Number(available) }));
  }
}

/** A SELECT around the DELETE, since TypeORM returns the rows of a DELETE in another form. */
function removeExpired(table: string): string {
  return `WITH gone AS (
    DELETE FROM ${table} WHERE ref IN (
      SELECT ref FROM ${table} WHERE not_after <= $1 ORDER BY not_after LIMIT $2 FOR UPDATE SKIP LOCKED
    ) RETURNING 1
  ) SELECT 1 FROM gone`;
}

function toClaimed({ device_id: deviceId, ref, body }: PackageRow, lastResort: boolean): ClaimedKeyPackage {
  return { deviceId, ref, body, lastResort };
}
