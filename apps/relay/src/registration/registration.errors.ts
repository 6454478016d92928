import { Refusal } from '../platform/errors/refusal.js';

export class RegistrationClosed extends Refusal {
  constructor() {
    super('registration_closed', 'Nobody can register here at present.');
  }
}

export class InvitationRequired extends Refusal {
  constructor() {
    super('invitation_required', 'Registering takes an invitation.');
  }
}

/** Never made, used up, expired or revoked: one answer, since only who guesses would learn from more. */
export class InvitationInvalid extends Refusal {
  constructor() {
    super('invitation_invalid', 'The invitation is not valid, or not any more.');
  }
}

export class TooManyInvitations extends Refusal {
  constructor(most: number) {
    super('conflict', `There are ${String(most)} invitations already: revoke some.`);
  }
}
