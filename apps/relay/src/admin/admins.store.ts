import { Inject, Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import { AuditLog } from '../audit/index.js';
import { ChangesStore } from '../changes/index.js';
import { Database } from '../platform/database/database.js';

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
