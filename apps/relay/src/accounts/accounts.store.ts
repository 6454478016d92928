import { Injectable } from '@nestjs/common';
import type { AccountId, Kdf } from '#protocol';
import { type EntityManager, In } from 'typeorm';
import { Database, isUniqueViolation } from '../platform/database/database.js';
import { AccountEntity } from './account.entity.js';
import { AccountSuspended, UsernameTaken } from './accounts.errors.js';

export type Privacy = 'everyone' | 'contacts';

/** A living account, as other features may know it. */
export interface Account {
  readonly id: AccountId;
  readonly username: string;
  readonly displayName: string;
  readonly privacy: Privacy;
  /** Whether it administers the relay. */
  readonly isAdmin: boolean;
  readonly createdAt: Date;
  /** When it is deleted, where its owner has asked for that. */
  readonly deletionDueAt: Date | null;
}

export interface Credentials {
  readonly account: Account;
  readonly authHash: string;
  readonly kdf: Kdf;
}

interface NewAccount {
  readonly id: AccountId;
  readonly username: string;
  readonly displayName: string;
  readonly authHash: string;
  readonly kdf: Kdf;
  readonly at: Date;
}

const CREDENTIALS = `SELECT id, username, display_name, privacy, admin_since IS NOT NULL, created_at, deletion_due_at, auth_hash, kdf
  FROM accounts WHERE status = 'active' AND auth_hash IS NOT NULL AND kdf IS NOT NULL`;

@Injectable()
export class AccountsStore {
  constructor(private readonly database: Database) {}

  /** @throws {UsernameTaken} also for the name of a deleted account. */
  async create(manager: EntityManager, { at, ...account }: NewAccount): Promise<void> {
    try {
      await manager.getRepository(AccountEntity).insert({ ...account, createdAt: at });
    } catch (error) {
      if (isUniqueViolation(error, 'accounts_username_key')) throw new UsernameTaken();
      throw error;
    }
  }

  async byUsername(username: string): Promise<Account | undefined> {
    return toAccount(await this.repository().findOneBy({ username, status: 'active' }));
  }

  async byId(id: AccountId): Promise<Account | undefined> {
    return toAccount(await this.repository().findOneBy({ id, status: 'active' }));
  }

  async byIds(manager: EntityManager, ids: readonly AccountId[]): Promise<Account[]> {
    if (ids.length === 0) return [];
    const found = await manager.getRepository(AccountEntity).findBy({ id: In([...ids]), status: 'active' });
    return found.flatMap((row) => toAccount(row) ?? []);
  }

  async byUsernames(usernames: readonly string[]): Promise<Account[]> {
    const found = await this.repository().findBy({ username: In([...usernames]), status: 'active' });
    return found.flatMap((row) => toAccount(row) ?? []);
  }

  async credentialsByUsername(username: string): Promise<Credentials | undefined> {
    const text = `${CREDENTIALS} AND username = $1`;
    const rows = await this.database.prepared({ name: 'credentials_by_username', text, values: [username] });
    return rows.map(toCredentials)[0];
  }

  /** The parameters of a name. One row in either case, and nothing made of it: the time taken must not tell who is here. */
  async kdfByUsername(username: string): Promise<Kdf | undefined> {
    const [row] = await this.database.query<{ kdf: Kdf | null }>(
      `SELECT a.kdf FROM (VALUES ($1)) AS asked (username)
       LEFT JOIN accounts a ON a.username = asked.username AND a.status = 'active'`,
      [username],
    );
    return row?.kdf ?? undefined;
  }

  async credentialsById(id: AccountId): Promise<Credentials | undefined> {
    const text = `${CREDENTIALS} AND id = $1`;
    const rows = await this.database.prepared({ name: 'credentials_by_id', text, values: [id] });
    return rows.map(toCredentials)[0];
  }

  async update(
    manager: EntityManager,
    id: AccountId,
    change: { displayName?: string; privacy?: Privacy },
  ): Promise<void> {
    await manager.getRepository(AccountEntity).update({ id }, change);
  }

  /** Whether the secret is still the one that was checked; if so, it stays so until the transaction ends. */
  async holdSecret(manager: EntityManager, id: AccountId, authHash: string): Promise<boolean> {
    const rows = await this.database.preparedWithin(manager, {
      name: 'hold_secret',
      text: `SELECT 1 FROM accounts WHERE id = $1 AND auth_hash = $2 AND status = 'active' FOR NO KEY UPDATE`,
      values: [id, authHash],
    });
    return rows.length > 0;
  }

  /** Whether the account lives; if so, it does until the transaction ends. */
  async hold(manager: EntityManager, id: AccountId): Promise<boolean> {
    const sql = `SELECT 1 FROM accounts WHERE id = $1 AND status = 'active' FOR NO KEY UPDATE`;
    return (await manager.query<unknown[]>(sql, [id])).length > 0;
  }

  /**
   * When a living account is deleted, `null` for one that stays. Whoever calls this holds the account, and has had it proven that
   * its owner asks. @throws {AccountSuspended}
   */
  async demandNotSuspended(manager: EntityManager, id: AccountId): Promise<Date | null> {
    const [[isSuspended, deletionDueAt] = []] = await this.database.preparedWithin(manager, {
      name: 'account_standing',
      text: 'SELECT suspended_at IS NOT NULL, deletion_due_at FROM accounts WHERE id = $1',
      values: [id],
    });
    if (isSuspended === true) throw new AccountSuspended();
    return (deletionDueAt as Date | null | undefined) ?? null;
  }

  /** Replaces the hash with one of stronger parameters, unless the secret changed meanwhile. */
  async rehash(id: AccountId, oldHash: string, newHash: string): Promise<boolean> {
    const { affected } = await this.repository().update({ id, authHash: oldHash }, { authHash: newHash });
    return affected === 1;
  }

  /** Compare-and-swap on the old hash, so that of two changes at once one is refused. */
  async changeSecret(
    manager: EntityManager,
    id: AccountId,
    change: { oldHash: string; authHash: string; kdf: Kdf },
  ): Promise<boolean> {
    const { affected } = await manager
      .getRepository(AccountEntity)
      .update({ id, authHash: change.oldHash }, { authHash: change.authHash, kdf: change.kdf });
    return affected === 1;
  }

  /** Has it deleted at a time, or, with `null`, not any more. */
  async setDeletionDueAt(manager: EntityManager, id: AccountId, deletionDueAt: Date | null): Promise<void> {
    await manager.getRepository(AccountEntity).update({ id }, { deletionDueAt });
  }

  /** Leaves only the name, which is never given out again. @returns whether it was there until now. */
  async bury(manager: EntityManager, id: AccountId, at: Date): Promise<boolean> {
    await manager.query('DELETE FROM account_allowances WHERE account_id = $1', [id]);
    const { affected } = await manager.getRepository(AccountEntity).update(
      { id, status: 'active' },
      {
        status: 'deleted',
        deletedAt: at,
        displayName: '',
        authHash: null,
        recoverySha256: null,
        kdf: null,
        privacy: 'contacts',
        deletionDueAt: null,
        adminSince: null,
        suspendedAt: null,
        suspendedBy: null,
        suspensionReason: null,
      },
    );
    return affected === 1;
  }

  /** Which of the accounts the caller may know of anyway: themselves, their contacts, and whom they share a conversation with. */
  async known(caller: AccountId, others: readonly AccountId[]): Promise<Set<AccountId>> {
    const rows = await this.database.query<{ id: AccountId }>(
      `SELECT o.id FROM unnest($2::uuid[]) AS o (id)
       WHERE o.id = $1
          OR EXISTS (SELECT 1 FROM contacts c WHERE c.account_id = $1 AND c.peer_id = o.id AND c.state = 'accepted')
          OR EXISTS (SELECT 1 FROM members mine JOIN members theirs ON theirs.conversation_id = mine.conversation_id
                     WHERE mine.account_id = $1 AND mine.left_seq IS NULL AND theirs.account_id = o.id AND theirs.left_seq IS NULL)`,
      [caller, [...others]],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Who should hear that something of the account changed: itself, its contacts and its co-members. */
  async acquaintances(manager: EntityManager, id: AccountId): Promise<AccountId[]> {
    const rows = await manager.query<{ id: AccountId }[]>(
      `SELECT $1::uuid AS id
       UNION SELECT account_id FROM contacts WHERE peer_id = $1 AND state = 'accepted'
       UNION SELECT theirs.account_id FROM members mine JOIN members theirs ON theirs.conversation_id = mine.conversation_id
             WHERE mine.account_id = $1 AND mine.left_seq IS NULL AND theirs.left_seq IS NULL`,
      [id],
    );
    return rows.map((row) => row.id);
  }

  /** The {@link acquaintances}, their rows locked until the transaction ends: in the order in which noting a change does. */
  async holdAcquaintances(manager: EntityManager, id: AccountId): Promise<AccountId[]> {
    const acquaintances = await this.acquaintances(manager, id);
    const sql = 'SELECT 1 FROM accounts WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE';
    await manager.query(sql, [acquaintances]);
    return acquaintances;
  }

  private repository() {
    return this.database.manager.getRepository(AccountEntity);
  }
}

function toAccount(row: AccountEntity | null): Account | undefined {
  if (row === null) return undefined;
  const privacy: Privacy = row.privacy === 'contacts' ? 'contacts' : 'everyone';
  return {
    id: row.id as AccountId,
    username: row.username,
    displayName: row.displayName,
    privacy,
    isAdmin: row.adminSince !== null,
    createdAt: row.createdAt,
    deletionDueAt: row.deletionDueAt,
  };
}

function toCredentials(row: readonly unknown[]): Credentials {
  const [id, username, displayName, privacy, isAdmin, createdAt, deletionDueAt, authHash, kdf] = row as [
    AccountId,
    string,
    string,
    Privacy,
    boolean,
    Date,
    Date | null,
    string,
    Kdf,
  ];
  return { account: { id, username, displayName, privacy, isAdmin, createdAt, deletionDueAt }, authHash, kdf };
}
