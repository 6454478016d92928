import { Inject, Injectable } from '@nestjs/common';
import type { Kdf } from '#protocol';
import { type Account, AccountsStore, CredentialsService } from '../accounts/index.js';
import { byOwner } from '../audit/index.js';
import { ChangesService } from '../changes/index.js';
import { StepUp } from '../mfa/index.js';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import { SessionsService } from '../sessions/index.js';
import type { RootReplacement } from '../vault/index.js';
import { AccountRemoval } from './account-removal.service.js';
import { AccountRemovalStore } from './account-removal.store.js';
import { InvalidToken } from './auth.errors.js';
import { KdfService } from './kdf.service.js';
import { OwnAccountStore, type ProfileChange } from './own-account.store.js';

const DAY_MS = 86_400_000;

export interface Deletion {
  readonly authKey: Buffer;
  /** Without time to think again. */
  readonly now: boolean;
}

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
    private readonly removals: AccountRemovalStore,
    private readonly removal: AccountRemoval,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(CONFIG) private readonly config: Config,
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

  /**
   * Has the account of the caller deleted when the time to think again is over, or at once. In either case all its sessions end.
   * @throws {InvalidCredentials} @throws {MfaRequired}
   */
  async remove(caller: Caller, { authKey, now }: Deletion): Promise<void> {
    await this.stepUp.confirm(caller, authKey);
    const at = this.clock.now();
    const graceMs = this.config.ACCOUNT_DELETION_GRACE_DAYS * DAY_MS;
    if (now || graceMs === 0) return this.removal.remove(caller.accountId, byOwner(caller, 'account_deleted', at));
    const dueAt = new Date(at.getTime() + graceMs);
    const sessions = await this.removals.schedule(caller, { dueAt, at });
    this.log.info('account is to be deleted');
    this.sessions.announceEnd(sessions, 'account_deletion_pending');
  }
}
