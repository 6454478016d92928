import { Injectable } from '@nestjs/common';
import { type AccountId, DURATIONS, type MfaResetId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { AuditLog } from '../audit/index.js';
import { type Change, ChangesStore } from '../changes/index.js';
import { FactorsStore } from '../mfa/index.js';
import { Database } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import { type Acting, recordsOf } from './admin-acts.js';
import { AdminsStore } from './admins.store.js';
import type { MfaReset } from './mfa-reset.js';
import { MfaResetPending, NoFactorToReset } from './mfa-resets.errors.js';

interface ResetRow {
  readonly id: MfaResetId;
  readonly account_id: AccountId;
  readonly username: string;
  readonly asked_by: AccountId;
  readonly asked_by_name: string;
  readonly asked_at: Date;
  readonly expires_at: Date;
}

/** Those that may still be agreed to: both accounts live, and whoever asked is an admin as before. `$1` is the time. */
const OPEN = `
  SELECT r.id, r.account_id, a.username, r.asked_by, b.username AS asked_by_name, r.asked_at, r.expires_at
  FROM mfa_resets r JOIN accounts a ON a.id = r.account_id JOIN accounts b ON b.id = r.asked_by
  WHERE r.expires_at > $1 AND a.status = 'active'
    AND b.status = 'active' AND b.admin_since IS NOT NULL AND b.suspended_at IS NULL`;

/** Resets of second factors, which take two admins: one asks, another agrees, once. */
@Injectable()
export class MfaResetsStore {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminsStore,
    private readonly factors: FactorsStore,
    private readonly changes: ChangesStore,
    private readonly audit: AuditLog,
  ) {}

  /** The open ones after an id, oldest first. */
  async list({ after, limit }: { after: string | undefined; limit: number }, at: Date): Promise<MfaReset[]> {
    const rows = await this.database.query<ResetRow>(
      `${OPEN} AND ($2::uuid IS NULL OR r.id > $2) ORDER BY r.id LIMIT $3`,
      [at, after ?? null, limit],
    );
    return rows.map(toMfaReset);
  }

  /** One that is open. */
  async find(id: MfaResetId, at: Date): Promise<MfaReset | undefined> {
    return (await this.database.query<ResetRow>(`${OPEN} AND r.id = $2`, [at, id])).map(toMfaReset)[0];
  }

  /** @throws {MfaResetPending} @throws {NoFactorToReset} @throws {NotAnAdmin} @throws {NotFound} */
  async ask(acting: Acting): Promise<{ id: MfaResetId; changes: Change[] }> {
    const { caller, targetId, at } = acting;
    const id = v7({ msecs: at.getTime() }) as MfaResetId;
    const expiresAt = new Date(at.getTime() + DURATIONS.mfaResetSeconds * 1000);
    return this.database.transaction(async (manager) => {
      const changes = await this.begin(manager, acting);
      if (!(await this.factors.hasAny(manager, targetId))) throw new NoFactorToReset();
      // In place of one that nobody can agree to any more.
      const open = `SELECT id FROM (${OPEN}) o WHERE o.account_id = $2`;
      if ((await manager.query<unknown[]>(open, [at, targetId])).length > 0) throw new MfaResetPending();
      await this.erase(manager, targetId);
      await manager.query(
        `INSERT INTO mfa_resets (id, account_id, asked_by, asked_at, expires_at) VALUES ($1, $2, $3, $4, $5)`,
        [id, targetId, caller.accountId, at, expiresAt],
      );
      await this.audit.append(manager, ...recordsOf('askMfaReset', acting));
      return { id, changes };
    });
  }

  /** Takes all second factors away, and what stands in for them. Secrets and the vault are not touched. @throws {NotFound} @throws {NotAnAdmin} */
  async approve(id: MfaResetId, acting: Acting): Promise<Change[]> {
    return this.database.transaction(async (manager) => {
      const changes = await this.begin(manager, acting);
      await this.take(manager, id, acting.at);
      await this.factors.erase(manager, acting.targetId);
      await manager.query('UPDATE sessions SET factor_at = NULL WHERE account_id = $1', [acting.targetId]);
      await this.audit.append(manager, ...recordsOf('resetMfa', acting));
      return changes;
    });
  }

  /** @throws {NotFound} @throws {NotAnAdmin} */
  async decline(id: MfaResetId, acting: Acting): Promise<Change[]> {
    return this.database.transaction(async (manager) => {
      const changes = await this.begin(manager, acting);
      await this.take(manager, id, acting.at);
      await this.audit.append(manager, ...recordsOf('declineMfaReset', acting));
      return changes;
    });
  }

  /** What was asked about an account. */
  async erase(manager: EntityManager, accountId: AccountId): Promise<void> {
    await manager.query('DELETE FROM mfa_resets WHERE account_id = $1', [accountId]);
  }

  /** Requests whose time is over; returns how many are gone. */
  async sweep(at: Date, limit: number): Promise<number> {
    const swept = await this.database.query(
      `WITH gone AS (
         DELETE FROM mfa_resets WHERE id IN (
           SELECT id FROM mfa_resets WHERE expires_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED
         ) RETURNING id
       ) SELECT id FROM gone`,
      [at, limit],
    );
    return swept.length;
  }

  /** Locks the accounts first: noting the change locks one of them only. */
  private async begin(manager: EntityManager, { caller, targetId }: Acting): Promise<Change[]> {
    await this.admins.hold(manager, caller.accountId, targetId);
    return this.changes.note(manager, [targetId], 'mfa', targetId);
  }

  /** Of two who agree at once, one finds it gone. @throws {NotFound} */
  private async take(manager: EntityManager, id: MfaResetId, at: Date): Promise<void> {
    const open = `WITH open AS (${OPEN} AND r.id = $2), taken AS (
        DELETE FROM mfa_resets WHERE id IN (SELECT id FROM open) RETURNING id
      ) SELECT id FROM taken`;
    if ((await manager.query<unknown[]>(open, [at, id])).length === 0) throw new NotFound('request');
  }
}

function toMfaReset(row: ResetRow): MfaReset {
  return {
    id: row.id,
    accountId: row.account_id,
    username: row.username,
    askedById: row.asked_by,
    askedBy: row.asked_by_name,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
  };
}
