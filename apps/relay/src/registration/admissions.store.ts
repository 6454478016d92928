import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type ServerSettings, SettingsStore } from '../settings/index.js';
import { InvitationsStore } from './invitations.store.js';
import { InvitationInvalid, InvitationRequired, RegistrationClosed } from './registration.errors.js';

/** Whether somebody may register. */
@Injectable()
export class AdmissionsStore {
  constructor(
    private readonly settings: SettingsStore,
    private readonly invitations: InvitationsStore,
  ) {}

  /**
   * Lets somebody in, within the transaction that makes the account: it holds the mode, and uses up the invitation if one is
   * needed. Before the name is looked at, so that whoever is not let in does not learn whether it is taken.
   * @throws {RegistrationClosed} @throws {InvitationRequired} @throws {InvitationInvalid}
   */
  async admit(manager: EntityManager, invitation: Buffer | undefined, at: Date): Promise<void> {
    const needed = codeNeeded(await this.settings.hold(manager), invitation);
    if (needed === undefined) return;
    if (!(await this.invitations.use(manager, needed, at))) throw new InvitationInvalid();
  }

  /** Refuses early who cannot be let in, before any work is done for them. @throws {RegistrationClosed} @throws {InvitationRequired} */
  async demandOpen(invitation: Buffer | undefined): Promise<void> {
    codeNeeded(await this.settings.read(), invitation);
  }
}

/** The code that has to be good; undefined where none is asked for. */
function codeNeeded({ registration }: ServerSettings, invitation: Buffer | undefined): Buffer | undefined {
  switch (registration) {
    case 'open':
      return undefined;
    case 'closed':
      throw new RegistrationClosed();
    case 'invite':
      if (invitation === undefined) throw new InvitationRequired();
      return invitation;
  }
}
