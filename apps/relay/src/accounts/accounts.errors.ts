import { Refusal } from '../platform/errors/refusal.js';

/** Told to whoever has shown that the account is theirs, and to nobody else. */
export class AccountSuspended extends Refusal {
  constructor() {
    super('account_suspended', 'An admin has suspended this account.');
  }
}

export class UsernameTaken extends Refusal {
  constructor() {
    super('username_taken', 'This username is taken. Names of deleted accounts are not given out again.');
  }
}
