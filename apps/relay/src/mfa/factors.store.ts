import { Injectable } from '@nestjs/common';
import { type AccountId, DURATIONS, type FactorId, LIMITS } from '#protocol';
import type { EntityManager } from 'typeorm';
import { AuditLog, byOwner } from '../audit/index.js';
import { type Change, ChangesStore } from '../changes/index.js';
import { Database, isUniqueViolation } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { dayOf, type Factor } from './factor.js';
import { FactorLimitReached, PasskeyTaken } from './mfa.errors.js';
import { MfaFactorEntity } from './mfa-factor.entity.js';
import { type HashedCode, RecoveryCodesStore } from './recovery-codes.store.js';

interface FactorRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly created_at: Date;
  readonly last_used_day: string | null;
}

interface NewFactor {
  readonly id: FactorId;
  readonly name: string;
  readonly at: Date;
  /** For an account that has none left. */
  readonly codes: readonly HashedCode[] | undefined;
}

export interface NewPasskey extends NewFactor {
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly signCount: number;
}

export interface Added {
  readonly factor: Factor;
  readonly changes: Change[];
}

const COLUMNS = `id, kind, name, created_at, to_char(last_used_day, 'YYYY-MM-DD') AS last_used_day`;

const CONFIRM = `
  WITH confirmed AS (
    UPDATE mfa_factors SET confirmed_at = $3, last_step = $4, last_used_day = $5
    WHERE id = $1 AND account_id = $2 AND confirmed_at IS NULL AND created_at > $6 RETURNING *
  ) SELECT ${COLUMNS} FROM confirmed`;

/** Second factors of accounts. What is noted comes first: it locks the account, so that two changes at once come one by one. */
@Injectable()
export class FactorsStore {
  constructor(
    private readonly database: Database,
    private readonly codes: RecoveryCodesStore,
    private readonly changes: ChangesStore,
    private readonly audit: AuditLog,
  ) {}

  /** The factors of an account that count, oldest first. */
  async list(accountId: AccountId): Promise<Factor[]> {
    const rows = await this.database.query<FactorRow>(
      `SELECT ${COLUMNS} FROM mfa_factors WHERE account_id = $1 AND confirmed_at IS NOT NULL ORDER BY created_at, id`,
      [accountId],
    );
    return rows.map(toFactor);
  }

  /** The kinds of factors that count, that of the oldest first. */
  async kinds(accountId: AccountId): Promise<Set<Factor['kind']>> {
    const rows = await this.database.prepared({
      name: 'factor_kinds',
      text: 'SELECT kind FROM mfa_factors WHERE account_id = $1 AND confirmed_at IS NOT NULL ORDER BY created_at, id',
      values: [accountId],
    });
    return new Set(rows.map(([kind]) => kindOf(kind)));
  }

  /** An authenticator app that counts for nothing yet, in place of another that was begun and not finished. */
  async begin(
    accountId: AccountId,
    { id, name, secretSealed, at }: Omit<NewFactor, 'codes'> & { secretSealed: Buffer },
  ): Promise<void> {
    await this.database.transaction(async (manager) => {
      await manager.query('DELETE FROM mfa_factors WHERE account_id = $1 AND confirmed_at IS NULL', [accountId]);
      await manager
        .getRepository(MfaFactorEntity)
        .insert({ id, accountId, kind: 'totp', name, secretSealed, createdAt: at });
    });
  }

  /** Lets an authenticator app count, by a code of it. @throws {NotFound} @throws {FactorLimitReached} */
  async confirm(caller: Caller, { id, step, at, codes }: Omit<NewFactor, 'name'> & { step: number }): Promise<Added> {
    const { accountId } = caller;
    return this.added(caller, { at, codes }, async (manager) => {
      await this.demandRoom(manager, { accountId, kind: 'totp', limit: LIMITS.totpFactors });
      const since = new Date(at.getTime() - DURATIONS.unconfirmedFactorSeconds * 1000);
      const [row] = await manager.query<FactorRow[]>(CONFIRM, [id, accountId, at, step, dayOf(at), since]);
      if (row === undefined) throw new NotFound('second factor');
      return toFactor(row);
    });
  }

  /** @throws {FactorLimitReached} @throws {PasskeyTaken} */
  async addPasskey(caller: Caller, { at, codes, ...passkey }: NewPasskey): Promise<Added> {
    const { accountId } = caller;
    return this.added(caller, { at, codes }, async (manager) => {
      await this.demandRoom(manager, { accountId, kind: 'passkey', limit: LIMITS.passkeys });
      const { id, name, signCount, ...keys } = passkey;
      const row = { id, accountId, kind: 'passkey', name, ...keys, createdAt: at, confirmedAt: at };
      try {
        await manager.getRepository(MfaFactorEntity).insert({ ...row, signCount: String(signCount) });
      } catch (error) {
        if (isUniqueViolation(error, 'mfa_factors_credential_key')) throw new PasskeyTaken();
        throw error;
      }
      return { id, kind: 'passkey', name, createdAt: at, lastUsedDay: null };
    });
  }

  /** Takes a factor away; with the last one go the recovery codes, and all trust. @throws {NotFound} */
  async remove(caller: Caller, id: FactorId, at: Date): Promise<Change[]> {
    const { accountId } = caller;
    return this.database.transaction(async (manager) => {
      const changes = await this.changes.note(manager, [accountId], 'mfa', accountId);
      const removed = await manager.query<unknown[]>(
        `WITH removed AS (
           DELETE FROM mfa_factors WHERE id = $1 AND account_id = $2 AND confirmed_at IS NOT NULL RETURNING id
         ) SELECT id FROM removed`,
        [id, accountId],
      );
      if (removed.length === 0) throw new NotFound('second factor');
      if (!(await this.hasAny(manager, accountId))) await this.erase(manager, accountId);
      await this.audit.append(manager, { ...byOwner(caller, 'mfa_factor_removed', at), subjectId: id });
      return changes;
    });
  }

  /** Whether signing in takes one. */
  async hasAny(manager: EntityManager, accountId: AccountId): Promise<boolean> {
    const sql = 'SELECT 1 FROM mfa_factors WHERE account_id = $1 AND confirmed_at IS NOT NULL LIMIT 1';
    return (await manager.query<unknown[]>(sql, [accountId])).length > 0;
  }

  /** Everything about second factors of an account. */
  async erase(manager: EntityManager, accountId: AccountId): Promise<void> {
    await manager.query('DELETE FROM mfa_factors WHERE account_id = $1', [accountId]);
    await manager.query('DELETE FROM mfa_recovery_codes WHERE account_id = $1', [accountId]);
    await manager.query('DELETE FROM mfa_challenges WHERE account_id = $1', [accountId]);
    await manager.query('DELETE FROM trusted_devices WHERE account_id = $1', [accountId]);
  }

  /** Authenticator apps that were begun and never finished; returns how many are gone. */
  async sweep(at: Date, limit: number): Promise<number> {
    const since = new Date(at.getTime() - DURATIONS.unconfirmedFactorSeconds * 1000);
    const swept = await this.database.query(
      `WITH gone AS (
         DELETE FROM mfa_factors WHERE id IN (
           SELECT id FROM mfa_factors WHERE confirmed_at IS NULL AND created_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED
         ) RETURNING id
       ) SELECT id FROM gone`,
      [since, limit],
    );
    return swept.length;
  }

  /** To have shown a new factor is to have shown one. */
  private async added(
    caller: Caller,
    { at, codes }: Pick<NewFactor, 'at' | 'codes'>,
    add: (manager: EntityManager) => Promise<Factor>,
  ): Promise<Added> {
    const { accountId, sessionId } = caller;
    return this.database.transaction(async (manager) => {
      const changes = await this.changes.note(manager, [accountId], 'mfa', accountId);
      const factor = await add(manager);
      if (codes !== undefined) await this.codes.replace(manager, accountId, codes);
      await manager.query('UPDATE sessions SET factor_at = $2 WHERE id = $1', [sessionId, at]);
      await this.audit.append(manager, { ...byOwner(caller, 'mfa_factor_added', at), subjectId: factor.id });
      return { factor, changes };
    });
  }

  private async demandRoom(
    manager: EntityManager,
    { accountId, kind, limit }: { accountId: AccountId; kind: string; limit: number },
  ): Promise<void> {
    const rows = await manager.query<unknown[]>(
      'SELECT 1 FROM mfa_factors WHERE account_id = $1 AND kind = $2 AND confirmed_at IS NOT NULL',
      [accountId, kind],
    );
    if (rows.length >= limit) throw new FactorLimitReached(limit);
  }
}

function toFactor({ id, kind, name, created_at, last_used_day }: FactorRow): Factor {
  return {
    id: id as FactorId,
    kind: kindOf(kind),
    name,
    createdAt: created_at,
    lastUsedDay: last_used_day,
  };
}

function kindOf(kind: unknown): Factor['kind'] {
  return kind === 'totp' ? 'totp' : 'passkey';
}
