import { Injectable } from '@nestjs/common';
import { AdminUsersService } from '../admin/index.js';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import type { Caller } from '../platform/http/caller.js';
import { LimitFactors } from '../platform/limits/limit-factors.js';
import { Log } from '../platform/logging/log.js';
import type { Allowance, QuotaAllowance } from './allowance.js';
import { AllowancesStore } from './allowances.store.js';

/** What is set through another relay, and for a new device, counts here so much later, at the latest. */
const EVERY_MS = 5_000;

/** What admins let single accounts have otherwise than all. */
@Injectable()
export class AllowancesService extends RoundsService {
  constructor(
    private readonly store: AllowancesStore,
    private readonly users: AdminUsersService,
    private readonly factors: LimitFactors,
    private readonly clock: Clock,
    log: Log,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'reading the limits of accounts failed' });
  }

  protected override round(): Promise<void> {
    return this.refresh();
  }

  /** @throws {NotFound} */
  async find(username: string): Promise<Allowance> {
    const { id } = await this.users.find(username);
    return this.store.find(id, this.clock.now());
  }

  /** @throws {NotFound} @throws {RateLimited} */
  async setQuotas(caller: Caller, username: string, quotas: QuotaAllowance): Promise<Allowance> {
    const acting = await this.users.acting(caller, username);
    await this.store.setQuotas(acting, quotas);
    return this.store.find(acting.targetId, acting.at);
  }

  /** @throws {NotFound} @throws {TooManyAllowances} @throws {RateLimited} */
  async setLimits(
    caller: Caller,
    username: string,
    { percent, seconds }: { readonly percent: number; readonly seconds: number },
  ): Promise<Allowance> {
    const acting = await this.users.acting(caller, username);
    const until = new Date(acting.at.getTime() + seconds * 1_000);
    await this.store.setLimits(acting, { percent, until });
    await this.refresh();
    return this.store.find(acting.targetId, acting.at);
  }

  /** @throws {NotFound} @throws {RateLimited} */
  async liftLimits(caller: Caller, username: string): Promise<void> {
    await this.store.setLimits(await this.users.acting(caller, username), null);
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    this.factors.replace(await this.store.factors(this.clock.now()));
  }
}
