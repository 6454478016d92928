import { Injectable } from '@nestjs/common';
import { StepUp } from '../mfa/index.js';
import { Forbidden } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { AdminsStore } from './admins.store.js';

/** Who may do what only admins may. */
@Injectable()
export class AdminRights {
  constructor(
    private readonly admins: AdminsStore,
    private readonly stepUp: StepUp,
  ) {}

  /** Decided before anything is looked up, so that the refusal tells nothing of what was asked about. @throws {Forbidden} */
  async demandToSee({ accountId }: Caller): Promise<void> {
    if (!(await this.admins.isAdmin(accountId))) throw new Forbidden('Only admins of the relay may do this.');
  }

  /** What changes something takes a second factor besides: a session alone may be a stolen one. @throws {Forbidden} @throws {MfaNotSetUp} @throws {MfaRequired} */
  async demandToAct(caller: Caller): Promise<void> {
    await this.demandToSee(caller);
    await this.stepUp.insist(caller);
  }
}
