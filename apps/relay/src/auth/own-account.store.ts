import { Injectable } from '@nestjs/common';
import type { AccountId, Kdf, SessionId } from '#protocol';
import { AccountsStore, type Credentials, type Privacy } from '../accounts/index.js';
import { MfaResetsStore } from '../admin/index.js';
import { AuditLog, byOwner } from '../audit/index.js';
import { type Change, ChangesStore } from '../changes/index.js';
import { DevicesStore } from '../devices/index.js';
import { FactorsStore, TrustedDevicesStore } from '../mfa/index.js';
import { Database } from '../platform/database/database.js';
import type { Caller } from '../platform/http/caller.js';
import { SessionsStore } from '../sessions/index.js';
import { type RootReplacement, VaultStore } from '../vault/index.js';
import { SecretChangedMeanwhile } from './auth.errors.js';

export interface ProfileChange {
  readonly displayName?: string;
  readonly privacy?: Privacy;
}

interface SecretChange {
  readonly authHash: string;
  readonly kdf: Kdf;
  readonly keepOtherSessions: boolean;
  readonly root: RootReplacement | undefined;
  readonly at: Date;
}

/** The sessions that ended, and what is to be told. */
interface Ended {
  readonly sessions: SessionId[];
  readonly changes: Change[];
}

/** Changes of an account by its owner. What is noted comes first: it locks accounts in an order all share. */
@Injectable()
export class OwnAccountStore {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsStore,
    private readonly devices: DevicesStore,
    private readonly sessions: SessionsStore,
    private readonly changes: ChangesStore,
    private readonly vault: VaultStore,
    private readonly factors: FactorsStore,
    private readonly trusted: TrustedDevicesStore,
    private readonly mfaResets: MfaResetsStore,
    private readonly audit: AuditLog,
  ) {}

  /** Changes the profile. Acquaintances hear of a new name; who may write to an account is its owner's business. */
  async update(accountId: AccountId, change: ProfileChange): Promise<Change[]> {
    return this.database.transaction(async (manager) => {
      const isPublic = change.displayName !== undefined;
      const hearers = isPublic ? await this.accounts.acquaintances(manager, accountId) : [accountId];
      const changes = await this.changes.note(manager, hearers, 'profile', accountId);
      await this.accounts.update(manager, accountId, change);
      return changes;
    });
  }

  /**
   * Replaces the secret, and with it the root of the vault that lies under it, and ends the other sessions unless they are to
   * be kept: all of it or nothing. @throws {SecretChangedMeanwhile} @throws {RootNeeded} @throws {StaleRoot}
   */
  async changeSecret(caller: Caller, old: Credentials, change: SecretChange): Promise<Ended> {
    const { authHash, kdf, keepOtherSessions, root, at } = change;
    const { accountId } = caller;
    return this.database.transaction(async (manager) => {
      const isChanged = await this.accounts.changeSecret(manager, accountId, { oldHash: old.authHash, authHash, kdf });
      if (!isChanged) throw new SecretChangedMeanwhile();
      const sessions = keepOtherSessions ? [] : await this.sessions.endOthers(manager, caller, at);
      await this.trusted.removeAll(manager, accountId);
      const changes = await this.vault.replaceRoot(manager, { accountId, root, at });
      await this.audit.append(manager, byOwner(caller, 'password_changed', at));
      return { sessions, changes };
    });
  }

  /** Deletes an account: what remains is its name, so that nobody else can take it, and its place in other people's logs. */
  async remove(caller: Caller, at: Date): Promise<Ended> {
    const { accountId } = caller;
    return this.database.transaction(async (manager) => {
      const acquaintances = await this.accounts.acquaintances(manager, accountId);
      await manager.query('DELETE FROM contacts WHERE account_id = $1 OR peer_id = $1', [accountId]);
      const changes = await this.changes.note(manager, acquaintances, 'profile', accountId);
      await this.accounts.bury(manager, accountId, at);
      await this.vault.erase(manager, accountId);
      await this.factors.erase(manager, accountId);
      await this.mfaResets.erase(manager, accountId);
      await this.devices.revokeAll(manager, accountId, at);
      const sessions = await this.sessions.endOfAccount(manager, accountId, at);
      await this.audit.append(manager, byOwner(caller, 'account_deleted', at));
      return { sessions, changes };
    });
  }
}
