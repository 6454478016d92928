import { Inject, Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/index.js';
import { ChangesStore } from '../changes/index.js';
import { Database } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import { NotAnAdmin } from './admins.errors.js';

/** As much of a database as this takes, so that the operator's command works without a relay. */
export type AdminsDatabase = Pick<Database, 'query' | 'transaction'>;

/** An admin, as the operator sees it. */
export interface Admin {
  readonly username: string;
  readonly since: Date;
  readonly isSuspended: boolean;
}

/** What came of making somebody an admin, or none: `unknown` of a name that nobody has. */
export type Granting = 'done' | 'unchanged' | 'unknown';

interface HeldRow {
  readonly id: AccountId;
  readonly acts: boolean;
}

interface AccountRow {
  readonly id: AccountId;
  readonly is_admin: boolean;
}

/** Who administers the relay. Only its operator says so: an admin makes no other admin, or one would be enough for two. */
@Injectable()
export class AdminsStore {
  constructor(
    @Inject(Database) private readonly database: AdminsDatabase,
    private readonly changes: ChangesStore,
    private readonly audit: AuditLog,
  ) {}

  /** Whether an account administers the relay now: asked on each request that takes it, and never from memory. */
  async isAdmin(id: AccountId): Promise<boolean> {
    const sql = `SELECT 1 FROM accounts
      WHERE id = $1 AND status = 'active' AND admin_since IS NOT NULL AND suspended_at IS NULL`;
    return (await this.database.query(sql, [id])).length > 0;
  }

  /**
   * Locks an admin and the account that something is done to, in the order in which everything locks accounts. Of two admins who
   * suspend each other at once, the second is none any more. @throws {NotAnAdmin} @throws {NotFound}
   */
  async hold(manager: EntityManager, admin: AccountId, target: AccountId): Promise<void> {
    // Lock first, then look: a statement of its own, which sees what was committed before the locks were granted.
    await manager.query('SELECT 1 FROM accounts WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE', [[admin, target]]);
    const rows = await manager.query<HeldRow[]>(
      `SELECT id, admin_since IS NOT NULL AND suspended_at IS NULL AS acts FROM accounts
       WHERE id = ANY ($1) AND status = 'active'`,
      [[admin, target]],
    );
    if (rows.find(({ id }) => id === admin)?.acts !== true) throw new NotAnAdmin();
    if (!rows.some(({ id }) => id === target)) throw new NotFound('user');
  }

  /** Every admin, by name. */
  async list(): Promise<Admin[]> {
    const rows = await this.database.query<{ username: string; admin_since: Date; is_suspended: boolean }>(
      `SELECT username, admin_since, suspended_at IS NOT NULL AS is_suspended FROM accounts
       WHERE status = 'active' AND admin_since IS NOT NULL ORDER BY username COLLATE "C"`,
    );
    return rows.map(({ username, admin_since, is_suspended }) => ({
      username,
      since: admin_since,
      isSuspended: is_suspended,
    }));
  }

  async grant(username: string, at: Date): Promise<Granting> {
    return this.set(username, { isAdmin: true, at });
  }

  async revoke(username: string, at: Date): Promise<Granting> {
    return this.set(username, { isAdmin: false, at });
  }

  private async set(username: string, { isAdmin, at }: { isAdmin: boolean; at: Date }): Promise<Granting> {
    return this.database.transaction(async (manager) => {
      const [account] = await manager.query<AccountRow[]>(
        `SELECT id, admin_since IS NOT NULL AS is_admin FROM accounts
         WHERE username = $1 AND status = 'active' FOR NO KEY UPDATE`,
        [username],
      );
      if (account === undefined) return 'unknown';
      if (account.is_admin === isAdmin) return 'unchanged';
      const { id } = account;
      // Its own devices show what it may do.
      await this.changes.note(manager, [id], 'profile', id);
      await manager.query('UPDATE accounts SET admin_since = $2 WHERE id = $1', [id, isAdmin ? at : null]);
      const kind = isAdmin ? 'admin_granted' : 'admin_revoked';
      await this.audit.append(manager, { kind, at, actor: 'operator', accountId: id });
      return 'done';
    });
  }
}
