import { Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import { AccountsStore } from '../accounts/index.js';
import { Clock } from '../platform/clock/clock.js';
import { Forbidden, NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Log } from '../platform/logging/log.js';
import { SessionsService } from '../sessions/index.js';
import type { Acting } from './admin-acts.js';
import { AdminActsStore } from './admin-acts.store.js';
import type { AdminUser } from './admin-user.js';
import { AdminUsersStore, type UserSearch } from './admin-users.store.js';

/** What admins see of accounts, and do to them. That they are admins was seen to before. */
@Injectable()
export class AdminUsersService {
  constructor(
    private readonly users: AdminUsersStore,
    private readonly acts: AdminActsStore,
    private readonly accounts: AccountsStore,
    private readonly sessions: SessionsService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async search(search: UserSearch): Promise<AdminUser[]> {
    return this.users.search(search, this.clock.now());
  }

  /** @throws {NotFound} */
  async find(username: string): Promise<AdminUser> {
    const user = await this.users.byName(username, this.clock.now());
    if (user === undefined) throw new NotFound('user');
    return user;
  }

  /** @throws {Forbidden} of oneself, so that an admin always remains. @throws {NotFound} @throws {RateLimited} */
  async suspend(caller: Caller, username: string, reason: string): Promise<void> {
    const acting = await this.acting(caller, username);
    if (acting.targetId === caller.accountId) throw new Forbidden('Nobody suspends their own account.');
    const sessions = await this.acts.suspend(acting, reason);
    this.log.info('account suspended');
    this.sessions.announceEnd(sessions, 'account_suspended');
  }

  /** @throws {NotFound} @throws {RateLimited} */
  async unsuspend(caller: Caller, username: string): Promise<void> {
    await this.acts.unsuspend(await this.acting(caller, username));
    this.log.info('suspension lifted');
  }

  /** @throws {NotFound} @throws {RateLimited} */
  async endSessions(caller: Caller, username: string): Promise<void> {
    this.sessions.announceEnd(await this.acts.endSessions(await this.acting(caller, username)), 'revoked');
  }

  /** Counts what an admin does. @throws {NotFound} @throws {RateLimited} */
  async acting(caller: Caller, username: string): Promise<Acting> {
    await this.limiter.take('adminActs', caller.accountId);
    const target = await this.accounts.byUsername(username);
    if (target === undefined) throw new NotFound('user');
    const targetId: AccountId = target.id;
    return { caller, targetId, at: this.clock.now() };
  }
}
