import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type AccountId, type DeviceId, DURATIONS } from '#protocol';
import type { EntityManager } from 'typeorm';
import { AuditLog, byOwner } from '../audit/index.js';
import { type Change, ChangesStore } from '../changes/index.js';
import { Database } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';

const TOKEN_BYTES = 32;

/** A device that signs in without a second factor. */
export interface TrustedDevice {
  readonly deviceId: DeviceId;
  readonly trustedAt: Date;
  readonly expiresAt: Date;
}

interface TrustRow {
  readonly device_id: string;
  readonly trusted_at: Date;
  readonly expires_at: Date;
}

const TRUST = `
  INSERT INTO trusted_devices (device_id, account_id, token_sha256, trusted_at, expires_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (device_id) DO UPDATE SET token_sha256 = $3, trusted_at = $4, expires_at = $5`;

/** Devices whose owner wants not to be asked on them for a while. */
@Injectable()
export class TrustedDevicesStore {
  constructor(
    private readonly database: Database,
    private readonly changes: ChangesStore,
    private readonly audit: AuditLog,
  ) {}

  /** @returns the token by which the device is known again; only its hash is kept. */
  async trust(entrant: Omit<Caller, 'username'>, at: Date): Promise<{ token: string; changes: Change[] }> {
    const { accountId, deviceId } = entrant;
    const token = randomBytes(TOKEN_BYTES);
    const expiresAt = new Date(at.getTime() + DURATIONS.deviceTrustSeconds * 1000);
    return this.database.transaction(async (manager) => {
      const changes = await this.changes.note(manager, [accountId], 'mfa', accountId);
      await manager.query(TRUST, [deviceId, accountId, digestOf(token), at, expiresAt]);
      await this.audit.append(manager, { ...byOwner(entrant, 'mfa_device_trusted', at), subjectId: deviceId });
      return { token: token.toString('base64url'), changes };
    });
  }

  /** Whether the account trusts the device that holds the token. Found by its hash: nothing is compared that could be timed. */
  async isTrusted(accountId: AccountId, deviceId: DeviceId, { token, at }: { token: Buffer; at: Date }) {
    const found = await this.database.query(
      `SELECT 1 FROM trusted_devices
       WHERE device_id = $1 AND account_id = $2 AND token_sha256 = $3 AND expires_at > $4`,
      [deviceId, accountId, digestOf(token), at],
    );
    return found.length > 0;
  }

  /** Of an account, the newest first. */
  async list(accountId: AccountId, at: Date): Promise<TrustedDevice[]> {
    const rows = await this.database.query<TrustRow>(
      `SELECT t.device_id, t.trusted_at, t.expires_at FROM trusted_devices t JOIN devices d ON d.id = t.device_id
       WHERE t.account_id = $1 AND t.expires_at > $2 AND d.revoked_at IS NULL ORDER BY t.trusted_at DESC, t.device_id`,
      [accountId, at],
    );
    return rows.map(({ device_id, trusted_at, expires_at }) => ({
      deviceId: device_id as DeviceId,
      trustedAt: trusted_at,
      expiresAt: expires_at,
    }));
  }

  /** @throws {NotFound} */
  async remove(caller: Caller, deviceId: DeviceId, at: Date): Promise<Change[]> {
    const { accountId } = caller;
    return this.database.transaction(async (manager) => {
      const changes = await this.changes.note(manager, [accountId], 'mfa', accountId);
      const removed = await manager.query<unknown[]>(
        `WITH removed AS (
           DELETE FROM trusted_devices WHERE device_id = $1 AND account_id = $2 RETURNING device_id
         ) SELECT device_id FROM removed`,
        [deviceId, accountId],
      );
      if (removed.length === 0) throw new NotFound('trusted device');
      await this.audit.append(manager, { ...byOwner(caller, 'mfa_trust_removed', at), subjectId: deviceId });
      return changes;
    });
  }

  /** With a secret that somebody else may have known, ends what was built on it. */
  async removeAll(manager: EntityManager, accountId: AccountId): Promise<void> {
    await manager.query('DELETE FROM trusted_devices WHERE account_id = $1', [accountId]);
  }

  /** Trust whose time is over; returns how much of it is gone. */
  async sweep(at: Date, limit: number): Promise<number> {
    const swept = await this.database.query(
      `WITH gone AS (
         DELETE FROM trusted_devices WHERE device_id IN (
           SELECT device_id FROM trusted_devices WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED
         ) RETURNING device_id
       ) SELECT device_id FROM gone`,
      [at, limit],
    );
    return swept.length;
  }
}

function digestOf(token: Buffer): Buffer {
  return createHash('sha256').update(token).digest();
}
