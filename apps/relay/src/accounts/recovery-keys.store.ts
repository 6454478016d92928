import { Injectable } from '@nestjs/common';
import type { AccountId, Kdf } from '#protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { Credentials } from './accounts.store.js';

/** The key that opens an account when its password is lost, as the relay knows it. */
export interface RecoveryKey {
  readonly accountId: AccountId;
  readonly sha256: Buffer;
}

/** What stands in place of a key that is spent, and of the password that is lost. */
interface Renewal {
  readonly nextSha256: Buffer;
  readonly authHash: string;
  readonly kdf: Kdf;
}

@Injectable()
export class RecoveryKeysStore {
  constructor(private readonly database: Database) {}

  /** The key of a name. One row in either case: the time taken must not tell who is here, nor who has a key. */
  async find(username: string): Promise<RecoveryKey | undefined> {
    const [row] = await this.database.query<{ id: AccountId | null; recovery_sha256: Buffer | null }>(
      `SELECT a.id, a.recovery_sha256 FROM (VALUES ($1)) AS asked (username)
       LEFT JOIN accounts a ON a.username = asked.username AND a.status = 'active'`,
      [username],
    );
    if (!row?.id || !row.recovery_sha256) return undefined;
    return { accountId: row.id, sha256: row.recovery_sha256 };
  }

  /** Sets a key, or takes it away, and holds the account; whether the secret that was confirmed is still the one. */
  async set(manager: EntityManager, { account, authHash }: Credentials, sha256: Buffer | null): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `WITH kept AS (
         UPDATE accounts SET recovery_sha256 = $3 WHERE id = $1 AND auth_hash = $2 AND status = 'active' RETURNING id
       ) SELECT id FROM kept`,
      [account.id, authHash, sha256],
    );
    return rows.length > 0;
  }

  /** Spends a key for a new secret and the next key, and holds the account; whether it had not been spent before. */
  async spend(manager: EntityManager, key: RecoveryKey, { nextSha256, authHash, kdf }: Renewal): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `WITH spent AS (
         UPDATE accounts SET recovery_sha256 = $3, auth_hash = $4, kdf = $5
         WHERE id = $1 AND recovery_sha256 = $2 AND status = 'active' RETURNING id
       ) SELECT id FROM spent`,
      [key.accountId, key.sha256, nextSha256, authHash, JSON.stringify(kdf)],
    );
    return rows.length > 0;
  }
}
