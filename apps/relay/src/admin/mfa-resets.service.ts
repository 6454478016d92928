import { Injectable } from '@nestjs/common';
import type { MfaResetId } from '#protocol';
import { ChangesService } from '../changes/index.js';
import { Clock } from '../platform/clock/clock.js';
import { Forbidden, NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Log } from '../platform/logging/log.js';
import { AdminUsersService } from './admin-users.service.js';
import type { MfaReset } from './mfa-reset.js';
import { MfaResetsStore } from './mfa-resets.store.js';

/** Resets the second factors of somebody who has lost them: one admin asks, another agrees. */
@Injectable()
export class MfaResetsService {
  constructor(
    private readonly resets: MfaResetsStore,
    private readonly users: AdminUsersService,
    private readonly changes: ChangesService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  async list(page: { after: string | undefined; limit: number }): Promise<MfaReset[]> {
    return this.resets.list(page, this.clock.now());
  }

  /** @throws {NotFound} @throws {MfaResetPending} @throws {NoFactorToReset} @throws {RateLimited} */
  async ask(caller: Caller, username: string): Promise<MfaReset> {
    const { id, changes } = await this.resets.ask(await this.users.acting(caller, username));
    this.changes.announce(changes);
    return this.open(id);
  }

  /** @throws {Forbidden} for whoever asked, and for whose factors they are. @throws {NotFound} @throws {RateLimited} */
  async approve(caller: Caller, id: MfaResetId): Promise<void> {
    const reset = await this.open(id);
    if (reset.askedById === caller.accountId) throw new Forbidden('This takes another admin than the one who asked.');
    if (reset.accountId === caller.accountId) throw new Forbidden('Nobody agrees to a reset of their own factors.');
    this.changes.announce(await this.resets.approve(id, await this.users.acting(caller, reset.username)));
    this.log.info('second factors reset');
  }

  /** For every admin: to keep things as they are takes one. @throws {NotFound} @throws {RateLimited} */
  async decline(caller: Caller, id: MfaResetId): Promise<void> {
    const { username } = await this.open(id);
    this.changes.announce(await this.resets.decline(id, await this.users.acting(caller, username)));
  }

  private async open(id: MfaResetId): Promise<MfaReset> {
    const reset = await this.resets.find(id, this.clock.now());
    if (reset === undefined) throw new NotFound('request');
    return reset;
  }
}
