import { Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { AuditLog, byOwner } from '../audit/index.js';
import { type Change, ChangesStore } from '../changes/index.js';
import { Database } from '../platform/database/database.js';
import type { Caller } from '../platform/http/caller.js';
import { MfaRecoveryCodeEntity } from './mfa-recovery-code.entity.js';

export interface HashedCode {
  readonly slot: number;
  /** Argon2id. */
  readonly hash: string;
}

/** Codes that each stand in once for a second factor. */
@Injectable()
export class RecoveryCodesStore {
  constructor(
    private readonly database: Database,
    private readonly changes: ChangesStore,
    private readonly audit: AuditLog,
  ) {}

  async left(accountId: AccountId): Promise<number> {
    return this.database.manager.getRepository(MfaRecoveryCodeEntity).countBy({ accountId });
  }

  async hash(accountId: AccountId, slot: number): Promise<string | undefined> {
    const found = await this.database.manager.getRepository(MfaRecoveryCodeEntity).findOneBy({ accountId, slot });
    return found?.hash;
  }

  /** Spends a code; whether nobody had before. */
  async spend(accountId: AccountId, { slot, hash }: HashedCode, at: Date): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const spent = await manager.query<unknown[]>(
        `WITH spent AS (
           DELETE FROM mfa_recovery_codes WHERE account_id = $1 AND slot = $2 AND hash = $3 RETURNING slot
         ) SELECT slot FROM spent`,
        [accountId, slot, hash],
      );
      // By whoever holds it: who that is, nobody knows until they are signed in.
      if (spent.length > 0) await this.audit.append(manager, { kind: 'mfa_code_used', at, actor: 'owner', accountId });
      return spent.length > 0;
    });
  }

  /** In place of those there were. */
  async renew(caller: Caller, codes: readonly HashedCode[], at: Date): Promise<Change[]> {
    const { accountId } = caller;
    return this.database.transaction(async (manager) => {
      const changes = await this.changes.note(manager, [accountId], 'mfa', accountId);
      await this.replace(manager, accountId, codes);
      await this.audit.append(manager, byOwner(caller, 'mfa_codes_made', at));
      return changes;
    });
  }

  async replace(manager: EntityManager, accountId: AccountId, codes: readonly HashedCode[]): Promise<void> {
    const repository = manager.getRepository(MfaRecoveryCodeEntity);
    await repository.delete({ accountId });
    await repository.insert(codes.map((code) => ({ accountId, ...code })));
  }
}
