import type { MfaChallenge } from '#protocol';
import { Refusal } from '../platform/errors/refusal.js';

/** The secret was right, or the session is; what is asked for takes a second factor beside it. */
export class MfaRequired extends Refusal {
  constructor(mfa: MfaChallenge) {
    super('mfa_required', 'Answer the challenge with a second factor.', { mfa });
  }
}

/** What is asked for takes a second factor, and the account has none to show. */
export class MfaNotSetUp extends Refusal {
  constructor() {
    super('mfa_not_set_up', 'This takes a second factor. Add one to your account first.');
  }
}

/** Wrong, used before, or none of the account's: which of them would help only somebody who guesses. */
export class InvalidMfaCode extends Refusal {
  constructor(options: { cause?: unknown } = {}) {
    super('invalid_mfa_code', 'The second factor is not right, or was used before.');
    if (options.cause !== undefined) this.cause = options.cause;
  }
}

/** Unknown, expired, answered, tried too often, or given to somebody else. */
export class InvalidMfaChallenge extends Refusal {
  constructor() {
    super('invalid_mfa_challenge', 'The challenge is not valid any more. Begin again.');
  }
}

export class FactorLimitReached extends Refusal {
  constructor(limit: number) {
    super(
      'factor_limit_reached',
      `An account has at most ${String(limit)} second factors of this kind. Remove one first.`,
    );
  }
}

/** The same authenticator twice would look like two factors, and be one. */
export class PasskeyTaken extends Refusal {
  constructor() {
    super('conflict', 'This passkey is registered already.');
  }
}
