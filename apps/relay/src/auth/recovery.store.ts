import { Injectable } from '@nestjs/common';
import { type AccountId, type Kdf, type SessionId, VAULT_RECOVERY_ROOT, VAULT_ROOT } from '#protocol';
import type { EntityManager } from 'typeorm';
import {
  type Account,
  type Credentials,
  InvalidCredentials,
  type RecoveryKey,
  RecoveryKeysStore,
} from '../accounts/index.js';
import { AuditLog, byOwner } from '../audit/index.js';
import type { Change } from '../changes/index.js';
import { TrustedDevicesStore } from '../mfa/index.js';
import { Database } from '../platform/database/database.js';
import type { Caller } from '../platform/http/caller.js';
import { SessionsStore } from '../sessions/index.js';
import { VaultStore } from '../vault/index.js';
import { SecretChangedMeanwhile } from './auth.errors.js';
import type { Entered, Entry } from './sign-in.js';
import { SignInStore } from './sign-in.store.js';

/** A recovery whose key was found right. */
interface ProvenRecovery extends Entry {
  readonly account: Account;
  readonly key: RecoveryKey;
  readonly authHash: string;
  readonly kdf: Kdf;
  readonly rootBody: Buffer;
  readonly next: { readonly sha256: Buffer; readonly rootBody: Buffer };
}

interface Recovered extends Entered {
  readonly ended: SessionId[];
}

/** Recovery keys, always together with the vault's root that lies under the same code. */
@Injectable()
export class RecoveryStore {
  constructor(
    private readonly database: Database,
    private readonly keys: RecoveryKeysStore,
    private readonly signIns: SignInStore,
    private readonly sessions: SessionsStore,
    private readonly vault: VaultStore,
    private readonly trusted: TrustedDevicesStore,
    private readonly audit: AuditLog,
  ) {}

  /** @throws {SecretChangedMeanwhile} */
  async set(
    caller: Caller,
    old: Credentials,
    setup: { sha256: Buffer; rootBody: Buffer; at: Date },
  ): Promise<Change[]> {
    const place = { accountId: old.account.id, name: VAULT_RECOVERY_ROOT };
    return this.database.transaction(async (manager) => {
      if (!(await this.keys.set(manager, old, setup.sha256))) throw new SecretChangedMeanwhile();
      await this.vault.put(manager, { ...place, body: setup.rootBody, at: setup.at });
      const changes = await this.vault.note(manager, place.accountId);
      await this.audit.append(manager, byOwner(caller, 'recovery_set', setup.at));
      return changes;
    });
  }

  /** @throws {SecretChangedMeanwhile} */
  async remove(caller: Caller, old: Credentials, at: Date): Promise<Change[]> {
    const place = { accountId: old.account.id, name: VAULT_RECOVERY_ROOT };
    return this.database.transaction(async (manager) => {
      if (!(await this.keys.set(manager, old, null))) throw new SecretChangedMeanwhile();
      await this.vault.put(manager, { ...place, body: null, at });
      const changes = await this.vault.note(manager, place.accountId);
      await this.audit.append(manager, byOwner(caller, 'recovery_removed', at));
      return changes;
    });
  }

  /** The root under the recovery code. */
  async root(accountId: AccountId): Promise<Buffer | undefined> {
    return (await this.vault.find({ accountId, name: VAULT_RECOVERY_ROOT }))?.body;
  }

  /**
   * Spends the key: a new secret, both roots anew, all sessions over, and one that begins, or nothing of it.
   * @throws {InvalidCredentials} when meanwhile the key was spent, the account deleted, or the device revoked.
   * @throws {DeviceLimitReached} @throws {AccountDeletionPending}
   */
  async complete(recovery: ProvenRecovery): Promise<Recovered> {
    return this.database.transaction(async (manager) => {
      let ended: SessionId[] = [];
      const record = await this.signIns.enter(manager, recovery.account, recovery, async () => {
        ended = await this.renew(manager, recovery);
      });
      const noted = await this.vault.note(manager, recovery.account.id);
      await this.signIns.noteEntry(manager, record, recovery, 'account_recovered');
      return { ...record, changes: [...record.changes, ...noted], ended };
    });
  }

  private async renew(manager: EntityManager, recovery: ProvenRecovery): Promise<SessionId[]> {
    const { key, authHash, kdf, next, rootBody, at } = recovery;
    const isSpent = await this.keys.spend(manager, key, { nextSha256: next.sha256, authHash, kdf });
    if (!isSpent) throw new InvalidCredentials();
    const { accountId } = key;
    await this.vault.put(manager, { accountId, name: VAULT_ROOT, body: rootBody, at });
    await this.vault.put(manager, { accountId, name: VAULT_RECOVERY_ROOT, body: next.rootBody, at });
    await this.trusted.removeAll(manager, accountId);
    return this.sessions.endOfAccount(manager, accountId, at);
  }
}
