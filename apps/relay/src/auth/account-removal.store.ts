import { Injectable } from '@nestjs/common';
import type { AccountId, SessionId } from '#protocol';
import { AccountsStore } from '../accounts/index.js';
import { MfaResetsStore } from '../admin/index.js';
import { type AuditEvent, AuditLog, byOwner } from '../audit/index.js';
import { type Change, ChangesStore } from '../changes/index.js';
import { DevicesStore } from '../devices/index.js';
import { FactorsStore, TrustedDevicesStore } from '../mfa/index.js';
import { Database } from '../platform/database/database.js';
import type { Caller } from '../platform/http/caller.js';
import { SessionsStore } from '../sessions/index.js';
import { VaultStore } from '../vault/index.js';

/** An account whose time is over. */
export interface DueAccount {
  readonly id: AccountId;
  readonly dueAt: Date;
}

/** What ended with an account, and what is to be told. */
interface Removed {
  readonly sessions: SessionId[];
  readonly changes: Change[];
}

/** The end of accounts. What is noted comes first: it locks accounts in an order all share. */
@Injectable()
export class AccountRemovalStore {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsStore,
    private readonly devices: DevicesStore,
    private readonly sessions: SessionsStore,
    private readonly changes: ChangesStore,
    private readonly vault: VaultStore,
    private readonly factors: FactorsStore,
    private readonly mfaResets: MfaResetsStore,
    private readonly trusted: TrustedDevicesStore,
    private readonly audit: AuditLog,
  ) {}

  /** Has an account deleted later, and ends its sessions, with which the addresses for wake-ups go. Its devices stay. */
  async schedule(caller: Caller, { dueAt, at }: { readonly dueAt: Date; readonly at: Date }): Promise<SessionId[]> {
    const { accountId } = caller;
    return this.database.transaction(async (manager) => {
      if (!(await this.accounts.hold(manager, accountId))) return [];
      await this.accounts.setDeletionDueAt(manager, accountId, dueAt);
      // Whoever is to keep it shows all there is to show.
      await this.trusted.removeAll(manager, accountId);
      const sessions = await this.sessions.endOfAccount(manager, accountId, at);
      await this.audit.append(manager, byOwner(caller, 'account_deletion_asked', at));
      return sessions;
    });
  }

  /**
   * Deletes an account: what remains is its name, so that nobody else can take it, and its place in other people's logs.
   * @returns undefined when somebody else was faster.
   */
  async remove(accountId: AccountId, event: AuditEvent): Promise<Removed | undefined> {
    const { at } = event;
    return this.database.transaction(async (manager) => {
      const acquaintances = await this.accounts.acquaintances(manager, accountId);
      await manager.query('DELETE FROM contacts WHERE account_id = $1 OR peer_id = $1', [accountId]);
      const changes = await this.changes.note(manager, acquaintances, 'profile', accountId);
      if (!(await this.accounts.bury(manager, accountId, at))) return undefined;
      await this.vault.erase(manager, accountId);
      await this.factors.erase(manager, accountId);
      await this.mfaResets.erase(manager, accountId);
      await this.devices.revokeAll(manager, accountId, at);
      const sessions = await this.sessions.endOfAccount(manager, accountId, at);
      await this.audit.append(manager, event);
      return { sessions, changes };
    });
  }

  /** Accounts that were to be deleted by a time, the earliest first, from behind one of them on. */
  async due(by: Date, { after, limit }: { after: DueAccount | undefined; limit: number }): Promise<DueAccount[]> {
    const rows = await this.database.query<{ id: AccountId; deletion_due_at: Date }>(
      `SELECT id, deletion_due_at FROM accounts
       WHERE deletion_due_at <= $1 AND ($2::timestamptz IS NULL OR (deletion_due_at, id) > ($2, $3::uuid))
       ORDER BY deletion_due_at, id LIMIT $4`,
      [by, after?.dueAt ?? null, after?.id ?? null, limit],
    );
    return rows.map(({ id, deletion_due_at }) => ({ id, dueAt: deletion_due_at }));
  }
}
