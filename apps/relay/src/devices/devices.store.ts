import { Injectable } from '@nestjs/common';
import type { AccountId, DeviceId, SessionId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { AccountsStore } from '../accounts/index.js';
import { AuditLog, byOwner } from '../audit/index.js';
import { type Change, ChangesStore } from '../changes/index.js';
import { Database } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Quotas } from '../platform/limits/quotas.js';
import { SessionsStore } from '../sessions/index.js';
import type { Device } from './device.js';
import { DeviceLimitReached } from './devices.errors.js';
import { RevocationObservers } from './revocation-observers.store.js';
import { KeyPackagesStore } from './key-packages.store.js';

export interface NewDevice {
  readonly accountId: AccountId;
  readonly name: string;
  readonly at: Date;
}

interface OwnDevice {
  readonly accountId: AccountId;
  readonly deviceId: DeviceId;
}

interface DeviceRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
  readonly last_seen_day: string;
}

const COLUMNS = `id, name, created_at, to_char(last_seen_day, 'YYYY-MM-DD') AS last_seen_day`;
const LIVE_DEVICE = `SELECT ${COLUMNS} FROM devices WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL`;

/**
 * Devices of accounts. Every transaction here locks in the order conversations, accounts, devices, sessions: the noting of a change comes
 * first, because it locks the account along with the others that it is noted for, in an order in which nobody waits in a circle.
 */
@Injectable()
export class DevicesStore {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsStore,
    private readonly sessions: SessionsStore,
    private readonly keyPackages: KeyPackagesStore,
    private readonly changes: ChangesStore,
    private readonly quotas: Quotas,
    private readonly observers: RevocationObservers,
    private readonly audit: AuditLog,
  ) {}

  /** The first device of an account that the same transaction made. */
  async enrolFirst(manager: EntityManager, device: NewDevice): Promise<Device> {
    return this.insert(manager, device);
  }

  /** A further device. @throws {DeviceLimitReached} */
  async enrol(manager: EntityManager, device: NewDevice): Promise<{ device: Device; changes: Change[] }> {
    // Holds the account's row, so that two enrolments at once cannot both take the last place.
    const changes = await this.noteDevices(manager, device.accountId);
    return { device: await this.insert(manager, device), changes };
  }

  async add(
    caller: Caller,
    { name, at }: Omit<NewDevice, 'accountId'>,
  ): Promise<{ device: Device; changes: Change[] }> {
    return this.database.transaction(async (manager) => {
      const enrolled = await this.enrol(manager, { accountId: caller.accountId, name, at });
      await this.audit.append(manager, { ...byOwner(caller, 'device_added', at), subjectId: enrolled.device.id });
      return enrolled;
    });
  }

  /** The live devices of an account, oldest first. */
  async list(accountId: AccountId): Promise<Device[]> {
    const rows = await this.database.query<DeviceRow>(
      `SELECT ${COLUMNS} FROM devices WHERE account_id = $1 AND revoked_at IS NULL ORDER BY id`,
      [accountId],
    );
    return rows.map(toDevice);
  }

  /** Whether a live device of that id belongs to the living account of that name. */
  async isKnown(username: string, deviceId: DeviceId): Promise<boolean> {
    const rows = await this.database.prepared({
      name: 'device_known',
      text: `SELECT 1 FROM devices d JOIN accounts a ON a.id = d.account_id
             WHERE d.id = $1 AND d.revoked_at IS NULL AND a.username = $2 AND a.status = 'active'`,
      values: [deviceId, username],
    });
    return rows.length > 0;
  }

  /** A live device of the account, kept from being revoked until the transaction ends. */
  async hold(manager: EntityManager, { accountId, deviceId }: OwnDevice): Promise<Device | undefined> {
    const [row] = await this.database.preparedWithin(manager, {
      name: 'hold_device',
      text: `${LIVE_DEVICE} FOR SHARE`,
      values: [deviceId, accountId],
    });
    if (row === undefined) return undefined;
    const [id, name, createdAt, lastSeenDay] = row as [DeviceId, string, Date, string];
    return { id, name, createdAt, lastSeenDay };
  }

  /** Like {@link hold}, for whoever must be the only one to do so. */
  async holdAlone(manager: EntityManager, { accountId, deviceId }: OwnDevice): Promise<Device | undefined> {
    const rows = await manager.query<DeviceRow[]>(`${LIVE_DEVICE} FOR NO KEY UPDATE`, [deviceId, accountId]);
    return rows.map(toDevice)[0];
  }

  /** Whether all of these are live devices of their accounts; if so, they stay so until the transaction ends. */
  async holdAll(manager: EntityManager, devices: readonly OwnDevice[]): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `SELECT d.id FROM devices d JOIN unnest($1::uuid[], $2::uuid[]) AS t (device, account)
         ON d.id = t.device AND d.account_id = t.account
       WHERE d.revoked_at IS NULL ORDER BY d.id FOR SHARE OF d`,
      [devices.map(({ deviceId }) => deviceId), devices.map(({ accountId }) => accountId)],
    );
    return rows.length === devices.length;
  }

  /** Remembers the day a device was last used, once a day; of whoever has just read its last one, without asking again. */
  async seen({ id, lastSeenDay }: Pick<Device, 'id'> & Partial<Device>, at: Date): Promise<void> {
    if (lastSeenDay === dayOf(at)) return;
    const sql = 'UPDATE devices SET last_seen_day = $2 WHERE id = $1 AND last_seen_day < $2 AND revoked_at IS NULL';
    await this.database.query(sql, [id, dayOf(at)]);
  }

  /** Names are the owner's own business, so only the owner's devices hear of it. @throws {NotFound} */
  async rename({ accountId, deviceId }: OwnDevice, name: string): Promise<{ device: Device; changes: Change[] }> {
    return this.database.transaction(async (manager) => {
      const changes = await this.changes.note(manager, [accountId], 'devices', accountId);
      const rows = await manager.query<DeviceRow[]>(
        `WITH renamed AS (
           UPDATE devices SET name = $3 WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL RETURNING *
         ) SELECT ${COLUMNS} FROM renamed`,
        [deviceId, accountId, name],
      );
      const device = rows.map(toDevice)[0];
      // Thrown, so that what was noted above is undone.
      if (device === undefined) throw new NotFound('device');
      return { device, changes };
    });
  }

  /** Revokes a device and ends its sessions. @throws {NotFound} unless it is a live device of the account. */
  async revoke(caller: Caller, deviceId: DeviceId, at: Date): Promise<{ sessions: SessionId[]; changes: Change[] }> {
    const { accountId } = caller;
    return this.database.transaction(async (manager) => {
      const finish = await this.observers.run(manager, deviceId);
      const changes = await this.noteDevices(manager, accountId);
      const revoked = await manager.query<unknown[]>(revokeWhere('account_id = $1 AND id = $3'), [
        accountId,
        at,
        deviceId,
      ]);
      if (revoked.length === 0) throw new NotFound('device');
      await finish();
      await this.keyPackages.removeOfDevices(manager, [deviceId]);
      const sessions = await this.sessions.endOfDevice(manager, { accountId, deviceId }, at);
      await this.audit.append(manager, { ...byOwner(caller, 'device_revoked', at), subjectId: deviceId });
      return { sessions, changes };
    });
  }

  async revokeAll(manager: EntityManager, accountId: AccountId, at: Date): Promise<void> {
    await manager.query(revokeWhere('account_id = $1'), [accountId, at]);
    await this.keyPackages.removeOfAccount(manager, accountId);
  }

  private async noteDevices(manager: EntityManager, accountId: AccountId): Promise<Change[]> {
    const acquaintances = await this.accounts.acquaintances(manager, accountId);
    return this.changes.note(manager, acquaintances, 'devices', accountId);
  }

  private async insert(manager: EntityManager, { accountId, name, at }: NewDevice): Promise<Device> {
    const limit = this.quotas.of('devicesPerAccount');
    const rows = await manager.query<DeviceRow[]>(
      `INSERT INTO devices (id, account_id, name, created_at, last_seen_day)
       SELECT $1::uuid, $2::uuid, $3::text, $4::timestamptz, $5::date
       WHERE (SELECT count(*) FROM devices WHERE account_id = $2 AND revoked_at IS NULL) < $6
       RETURNING ${COLUMNS}`,
      [v7({ msecs: at.getTime() }), accountId, name, at, dayOf(at), limit],
    );
    const device = rows.map(toDevice)[0];
    if (device === undefined) throw new DeviceLimitReached(limit);
    return device;
  }
}

/** A SELECT around the UPDATE, since TypeORM returns the rows of an UPDATE in another form. The name is of no use any more. */
function revokeWhere(condition: string): string {
  return `WITH revoked AS (UPDATE devices SET revoked_at = $2, name = '' WHERE revoked_at IS NULL AND ${condition} RETURNING id)
          SELECT id FROM revoked`;
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function toDevice(row: DeviceRow): Device {
  return { id: row.id as DeviceId, name: row.name, createdAt: row.created_at, lastSeenDay: row.last_seen_day };
}
