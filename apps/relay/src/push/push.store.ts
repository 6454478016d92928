import { Injectable } from '@nestjs/common';
import type { AccountId, DeviceId } from '#protocol';
import { uuidArray } from '../platform/database/binary-arrays.js';
import { Database } from '../platform/database/database.js';
import type { Caller } from '../platform/http/caller.js';
import { idleSince } from '../sessions/index.js';
import type { MutedUntil, PushRegistration, PushTarget, Wakeable } from './push-registration.js';

interface RegistrationRow {
  readonly kind: PushTarget['kind'];
  readonly muted_until: Date | number | null;
  readonly registered_at: Date;
}

interface TargetRow {
  readonly device_id: string;
  readonly kind: PushTarget['kind'];
  readonly address: string;
  readonly p256dh: Buffer | null;
  readonly auth: Buffer | null;
  readonly topic: string | null;
}

const COLUMNS = 'kind, muted_until, registered_at';

/** `$2` is the time, `$3` the earliest last use of a session that is not idle. */
const MAY_BE_WOKEN = `(p.muted_until IS NULL OR p.muted_until <= $2)
  AND EXISTS (SELECT 1 FROM sessions s WHERE s.id = p.session_id
              AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.last_used_at > $3)`;

/** How devices are woken. */
@Injectable()
export class PushStore {
  constructor(private readonly database: Database) {}

  /**
   * Replaces how the caller's device is woken; whether it is muted stays. `undefined` if its session has ended meanwhile:
   * the session's row is held, so that its end either comes before, or finds the registration and takes it away.
   */
  async put(caller: Caller, target: PushTarget, at: Date): Promise<PushRegistration | undefined> {
    const { address, p256dh, auth, topic } = columnsOf(target);
    const rows = await this.database.query<RegistrationRow>(
      `WITH session AS (SELECT id FROM sessions WHERE id = $3 AND revoked_at IS NULL FOR SHARE)
       INSERT INTO push_registrations AS p
         (device_id, account_id, session_id, kind, address, p256dh, auth, topic, registered_at)
       SELECT $1::uuid, $2::uuid, id, $4::text, $5::text, $6::bytea, $7::bytea, $8::text, $9::timestamptz FROM session
       ON CONFLICT (device_id) DO UPDATE SET
         session_id = excluded.session_id, kind = excluded.kind, address = excluded.address, p256dh = excluded.p256dh,
         auth = excluded.auth, topic = excluded.topic, registered_at = excluded.registered_at
       RETURNING ${COLUMNS}`,
      [caller.deviceId, caller.accountId, caller.sessionId, target.kind, address, p256dh, auth, topic, at],
    );
    return rows.map(toRegistration)[0];
  }

  async find(deviceId: DeviceId): Promise<PushRegistration | undefined> {
    const sql = `SELECT ${COLUMNS} FROM push_registrations WHERE device_id = $1`;
    return (await this.database.query<RegistrationRow>(sql, [deviceId])).map(toRegistration)[0];
  }

  async mute(deviceId: DeviceId, until: MutedUntil): Promise<PushRegistration | undefined> {
    const rows = await this.database.query<RegistrationRow>(
      `WITH muted AS (UPDATE push_registrations SET muted_until = $2 WHERE device_id = $1 RETURNING *)
       SELECT ${COLUMNS} FROM muted`,
      [deviceId, until === 'forever' ? 'infinity' : until],
    );
    return rows.map(toRegistration)[0];
  }

  async remove(deviceId: DeviceId): Promise<void> {
    await this.database.query('DELETE FROM push_registrations WHERE device_id = $1', [deviceId]);
  }

  /** Removes one that the push service no longer knows, unless it has been replaced meanwhile. */
  async removeGone({ deviceId, target }: Wakeable): Promise<void> {
    const sql = 'DELETE FROM push_registrations WHERE device_id = $1 AND kind = $2 AND address = $3';
    await this.database.query(sql, [deviceId, target.kind, columnsOf(target).address]);
  }

  /** The devices of these accounts that may be woken. */
  async devicesOf(accounts: readonly AccountId[], at: Date): Promise<DeviceId[]> {
    const rows = await this.database.prepared({
      name: 'push_devices',
      text: `SELECT p.device_id FROM push_registrations p WHERE p.account_id = ANY ($1) AND ${MAY_BE_WOKEN}`,
      values: [uuidArray(accounts), at, idleSince(at)],
    });
    return rows.map(([id]) => id as DeviceId);
  }

  /** Where these devices are woken, as far as they still may be. */
  async targetsOf(devices: readonly DeviceId[], at: Date): Promise<Wakeable[]> {
    const rows = await this.database.query<TargetRow>(
      `SELECT device_id, kind, address, p256dh, auth, topic FROM push_registrations p
       WHERE p.device_id = ANY ($1) AND ${MAY_BE_WOKEN}`,
      [devices, at, idleSince(at)],
    );
    return rows.map(toWakeable);
  }

  /** Deletes what belongs to sessions that came to their end by themselves; the end of the others took it along. */
  async sweep(at: Date): Promise<void> {
    await this.database.query(
      `DELETE FROM push_registrations p WHERE NOT EXISTS (
         SELECT 1 FROM sessions s WHERE s.id = p.session_id AND s.expires_at > $1 AND s.last_used_at > $2
       )`,
      [at, idleSince(at)],
    );
  }
}

function columnsOf(target: PushTarget): Pick<TargetRow, 'address' | 'p256dh' | 'auth' | 'topic'> {
  const none = { p256dh: null, auth: null, topic: null };
  switch (target.kind) {
    case 'webpush':
      return { ...none, address: target.endpoint, p256dh: target.p256dh, auth: target.auth };
    case 'fcm':
      return { ...none, address: target.token };
    case 'apns':
      return { ...none, address: target.token, topic: target.topic };
  }
}

function toWakeable({ device_id: id, kind, address, p256dh, auth, topic }: TargetRow): Wakeable {
  const deviceId = id as DeviceId;
  switch (kind) {
    case 'webpush':
      if (p256dh === null || auth === null) throw new Error('a subscription was stored without its keys');
      return { deviceId, target: { kind, endpoint: address, p256dh, auth } };
    case 'fcm':
      return { deviceId, target: { kind, token: address } };
    case 'apns':
      if (topic === null) throw new Error('a token of APNs was stored without its app');
      return { deviceId, target: { kind, token: address, topic } };
  }
}

function toRegistration({ kind, muted_until: until, registered_at: registeredAt }: RegistrationRow): PushRegistration {
  // The driver has a number for `infinity`.
  return { kind, mutedUntil: typeof until === 'number' ? 'forever' : until, registeredAt };
}
