import { Injectable } from '@nestjs/common';
import type { Kdf } from '#protocol';
import { type Account, AccountsStore, CredentialsService } from '../accounts/index.js';
import { ChangesService } from '../changes/index.js';
import { ConversationsService } from '../conversations/index.js';
import { StepUp } from '../mfa/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import { SessionsService } from '../sessions/index.js';
import type { RootReplacement } from '../vault/index.js';
import { InvalidToken } from './auth.errors.js';
import { KdfService } from './kdf.service.js';
import { OwnAccountStore, type ProfileChange } from './own-account.store.js';

export interface NewSecret {
  readonly authKey: Buffer;
  readonly newAuthKey: Buffer;
  readonly newKdf: Kdf;
  readonly keepOtherSessions: boolean;
  /** The vault's root under the new password; needed if there is one under the old. */
  readonly root: RootReplacement | undefined;
}

/** What a signed-in person does with their own account. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly store: OwnAccountStore,
    private readonly accounts: AccountsStore,
    private readonly credentials: CredentialsService,
    private readonly stepUp: StepUp,
    private readonly kdfs: KdfService,
    private readonly sessions: SessionsService,
    private readonly conversations: ConversationsService,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async get(caller: Caller): Promise<Account> {
    const account = await this.accounts.byId(caller.accountId);
    if (account === undefined) throw new InvalidToken();
    return account;
  }

  async update(caller: Caller, change: ProfileChange): Promise<Account> {
    if (change.displayName !== undefined || change.privacy !== undefined) {
      await this.limiter.take('profile', caller.accountId);
      this.changes.announce(await this.store.update(caller.accountId, change));
    }
    return this.get(caller);
  }

  /** @throws {KdfTooWeak} @throws {InvalidCredentials} @throws {MfaRequired} @throws {SecretChangedMeanwhile} @throws {RootNeeded} @throws {StaleRoot} */
  async changeSecret(caller: Caller, { authKey, newAuthKey, newKdf, ...rest }: NewSecret): Promise<void> {
    this.kdfs.demandStrong(newKdf);
    const old = await this.stepUp.confirm(caller, authKey);
    const authHash = await this.credentials.hash(newAuthKey);
    const change = { authHash, kdf: newKdf, ...rest, at: this.clock.now() };
    const { sessions, changes } = await this.store.changeSecret(caller, old, change);
    this.log.info('secret changed');
    this.sessions.announceEnd(sessions, 'password_changed');
    this.changes.announce(changes);
  }

  /** Deletes the account of the caller, at once and for good. @throws {InvalidCredentials} @throws {MfaRequired} */
  async remove(caller: Caller, authKey: Buffer): Promise<void> {
    await this.stepUp.confirm(caller, authKey);
    // Before, so that a failure leaves an account whose owner can try again.
    await this.conversations.leaveAll(caller.accountId);
    const { sessions, changes } = await this.store.remove(caller, this.clock.now());
    this.log.info('account deleted');
    this.sessions.announceEnd(sessions, 'account_deleted');
    this.changes.announce(changes);
    // Again after, for what somebody added it to meanwhile; from now on nobody can.
    await this.conversations.leaveAll(caller.accountId);
  }
}
