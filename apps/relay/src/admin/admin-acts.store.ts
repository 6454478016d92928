import { Injectable } from '@nestjs/common';
import type { SessionId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/index.js';
import { Database } from '../platform/database/database.js';
import { SessionsStore } from '../sessions/index.js';
import { type AdminAct, type Acting, recordsOf } from './admin-acts.js';
import { AdminsStore } from './admins.store.js';

/** What admins do to accounts, each in one transaction with what the log says of it. */
@Injectable()
export class AdminActsStore {
  constructor(
    private readonly database: Database,
    private readonly admins: AdminsStore,
    private readonly sessions: SessionsStore,
    private readonly audit: AuditLog,
  ) {}

  /** Has nobody sign in any more, and ends all sessions. Once more, it changes the reason. @throws {NotAnAdmin} @throws {NotFound} */
  async suspend(acting: Acting, reason: string): Promise<SessionId[]> {
    const { caller, targetId, at } = acting;
    return this.acted('suspend', acting, async (manager) => {
      await manager.query(
        `UPDATE accounts SET suspended_at = coalesce(suspended_at, $2), suspended_by = $3, suspension_reason = $4
         WHERE id = $1`,
        [targetId, at, caller.accountId, reason],
      );
      return this.sessions.endOfAccount(manager, targetId, at);
    });
  }

  /** @throws {NotAnAdmin} @throws {NotFound} */
  async unsuspend(acting: Acting): Promise<void> {
    await this.acted('unsuspend', acting, (manager) =>
      manager.query(
        `UPDATE accounts SET suspended_at = NULL, suspended_by = NULL, suspension_reason = NULL WHERE id = $1`,
        [acting.targetId],
      ),
    );
  }

  /** @throws {NotAnAdmin} @throws {NotFound} */
  async endSessions(acting: Acting): Promise<SessionId[]> {
    const { targetId, at } = acting;
    return this.acted('endSessions', acting, (manager) => this.sessions.endOfAccount(manager, targetId, at));
  }

  private async acted<T>(act: AdminAct, acting: Acting, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(async (manager) => {
      await this.admins.hold(manager, acting.caller.accountId, acting.targetId);
      const result = await work(manager);
      await this.audit.append(manager, ...recordsOf(act, acting));
      return result;
    });
  }
}
