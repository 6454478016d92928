import { Injectable } from '@nestjs/common';
import { StepUp } from '../mfa/index.js';
import type { Caller } from '../platform/http/caller.js';
import { NotAnAdmin } from './admins.errors.js';
import { AdminsStore } from './admins.store.js';

/** Who may do what only admins may. */
@Injectable()
export class AdminRights {
  constructor(
    private readonly admins: AdminsStore,
    private readonly stepUp: StepUp,
  ) {}

  /** @throws {NotAnAdmin} */
  async demandToSee({ accountId }: Caller): Promise<void> {
    if (!(await this.admins.isAdmin(accountId))) throw new NotAnAdmin();
  }

  /** What changes something takes a second factor besides: a session alone may be a stolen one. @throws {NotAnAdmin} @throws {MfaNotSetUp} @throws {MfaRequired} */
  async demandToAct(caller: Caller): Promise<void> {
    await this.demandToSee(caller);
    await this.stepUp.insist(caller);
  }
}
