import { Injectable } from '@nestjs/common';
import { type AccountId, IDENTITY_ALGORITHMS, type IdentityAlgorithm } from '#protocol';
import { IsNull, MoreThan } from 'typeorm';
import { AccountsStore } from '../accounts/index.js';
import { type AuditEvent, AuditLog } from '../audit/index.js';
import { type Change, ChangesStore } from '../changes/index.js';
import { Database } from '../platform/database/database.js';
import type { IdentityKey } from './identity-key.js';
import { IdentityKeyEntity } from './identity-key.entity.js';

/** Identity keys, by account. There is no statement here that changes or removes one. */
@Injectable()
export class KeysStore {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsStore,
    private readonly changes: ChangesStore,
    private readonly audit: AuditLog,
  ) {}

  async current(accountId: AccountId, manager = this.database.manager): Promise<IdentityKey | undefined> {
    const row = await manager
      .getRepository(IdentityKeyEntity)
      .findOne({ where: { accountId }, order: { version: 'DESC' } });
    return row === null ? undefined : toIdentityKey(row);
  }

  /** Whether the key was reset after a version: what that one signed is then vouched for by nobody. */
  async wasResetSince(accountId: AccountId, version: number): Promise<boolean> {
    return this.repository().existsBy({ accountId, version: MoreThan(version), signature: IsNull() });
  }

  /** The keys after a version, oldest first, so that a reader can follow the chain. */
  async history(accountId: AccountId, after: number, limit: number): Promise<IdentityKey[]> {
    const where = { accountId, version: MoreThan(after) };
    const rows = await this.repository().find({ where, order: { version: 'ASC' }, take: limit });
    return rows.map(toIdentityKey);
  }

  /**
   * Appends a link and notes it for everyone who should hear of it. `undefined` when the version is there already: the
   * primary key decides which of several rotations of one version is the one.
   */
  async append({ accountId, ...key }: IdentityKey, event: AuditEvent): Promise<Change[] | undefined> {
    return this.database.transaction(async (manager) => {
      const added = await manager.query<unknown[]>(
        `INSERT INTO identity_keys (account_id, version, algorithm, public_key, fingerprint, prev_hash, signature, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING version`,
        [
          accountId,
          key.version,
          key.algorithm,
          key.publicKey,
          key.fingerprint,
          key.prevHash,
          key.signature,
          key.createdAt,
        ],
      );
      if (added.length === 0) return undefined;
      const acquaintances = await this.accounts.acquaintances(manager, accountId);
      const changes = await this.changes.note(manager, acquaintances, 'identity', accountId);
      await this.audit.append(manager, event);
      return changes;
    });
  }

  private repository() {
    return this.database.manager.getRepository(IdentityKeyEntity);
  }
}

function toIdentityKey({ accountId, algorithm, ...row }: IdentityKeyEntity): IdentityKey {
  return { ...row, accountId: accountId as AccountId, algorithm: toAlgorithm(algorithm) };
}

function toAlgorithm(text: string): IdentityAlgorithm {
  const algorithm = IDENTITY_ALGORITHMS.find((known) => known === text);
  if (algorithm === undefined) throw new Error('an identity key of an unknown algorithm is stored');
  return algorithm;
}
