import { Injectable } from '@nestjs/common';
import { type AccountId, LIMITS } from '#protocol';
import type { EntityManager } from 'typeorm';
import { type Acting, AdminsStore, recordsOf } from '../admin/index.js';
import { AuditLog } from '../audit/index.js';
import { Database } from '../platform/database/database.js';
import { type Allowance, AS_FOR_ALL, type QuotaAllowance } from './allowance.js';
import { TooManyAllowances } from './allowances.errors.js';

interface AllowanceRow {
  readonly attachment_bytes: string | null;
  readonly attachment_bytes_per_day: string | null;
  readonly limit_percent: number | null;
  readonly limit_until: Date | null;
}

/** Of the pair kind, whose keys no other lock of ours has but those of the log, janitor, invitations and announcements, beside this one. */
const ALLOWANCES_LOCK = [7_325_641, 5] as const;

/** What accounts may otherwise than all. */
@Injectable()
export class AllowancesStore {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminsStore,
    private readonly audit: AuditLog,
  ) {}

  /** Limits whose time is over are as for all. */
  async find(accountId: AccountId, at: Date): Promise<Allowance> {
    const sql = `SELECT attachment_bytes, attachment_bytes_per_day, limit_percent, limit_until FROM account_allowances
      WHERE account_id = $1`;
    const [row] = await this.database.query<AllowanceRow>(sql, [accountId]);
    return row === undefined ? AS_FOR_ALL : toAllowance(row, at);
  }

  /** @throws {NotFound} */
  async setQuotas(acting: Acting, { attachmentBytes, attachmentBytesPerDay }: QuotaAllowance): Promise<void> {
    await this.database.transaction(async (manager) => {
      await this.admins.hold(manager, acting.caller.accountId, acting.targetId);
      await manager.query(
        `INSERT INTO account_allowances (account_id, attachment_bytes, attachment_bytes_per_day) VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE SET
           attachment_bytes = excluded.attachment_bytes, attachment_bytes_per_day = excluded.attachment_bytes_per_day`,
        [acting.targetId, attachmentBytes, attachmentBytesPerDay],
      );
      await this.audit.append(manager, ...recordsOf('setQuotas', acting));
    });
  }

  /** @param limits null for what all have. @throws {NotFound} @throws {TooManyAllowances} */
  async setLimits(acting: Acting, limits: Allowance['limits']): Promise<void> {
    await this.database.transaction(async (manager) => {
      await this.admins.hold(manager, acting.caller.accountId, acting.targetId);
      if (limits !== null) await demandRoom(manager, acting);
      await manager.query(
        `INSERT INTO account_allowances (account_id, limit_percent, limit_until) VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE SET
           limit_percent = excluded.limit_percent, limit_until = excluded.limit_until`,
        [acting.targetId, limits?.percent ?? null, limits?.until ?? null],
      );
      await this.audit.append(manager, ...recordsOf('setLimits', acting));
    });
  }

  /** By how much the limits of accounts differ, by the ids of accounts and of their devices. */
  async factors(at: Date): Promise<Map<string, number>> {
    const rows = await this.database.query<{ account_id: string; device_id: string | null; limit_percent: number }>(
      `SELECT a.account_id, d.id AS device_id, a.limit_percent FROM account_allowances a
       LEFT JOIN devices d ON d.account_id = a.account_id AND d.revoked_at IS NULL
       WHERE a.limit_until > $1`,
      [at],
    );
    return new Map(
      rows.flatMap(({ account_id: account, device_id: device, limit_percent: percent }) =>
        [account, device].flatMap((id) => (id === null ? [] : ([[id, percent / 100]] as const))),
      ),
    );
  }
}

/** One at a time, so that those who count see each other. */
async function demandRoom(manager: EntityManager, { targetId, at }: Acting): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [...ALLOWANCES_LOCK]);
  const others = await manager.query<{ count: string }[]>(
    'SELECT count(*) AS count FROM account_allowances WHERE limit_until > $1 AND account_id <> $2',
    [at, targetId],
  );
  if (Number(others[0]?.count) >= LIMITS.accountsWithOwnLimits)
    throw new TooManyAllowances(LIMITS.accountsWithOwnLimits);
}

function toAllowance(row: AllowanceRow, at: Date): Allowance {
  const { limit_percent: percent, limit_until: until } = row;
  const isInForce = percent !== null && until !== null && until.getTime() > at.getTime();
  return {
    attachmentBytes: numberOrNull(row.attachment_bytes),
    attachmentBytesPerDay: numberOrNull(row.attachment_bytes_per_day),
    limits: isInForce ? { percent, until } : null,
  };
}

function numberOrNull(text: string | null): number | null {
  return text === null ? null : Number(text);
}
