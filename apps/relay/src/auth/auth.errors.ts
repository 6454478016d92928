import { InvalidRequest, Refusal } from '../platform/errors/refusal.js';

/** Missing, forged, expired, or of a session that is over: whoever holds the token refreshes, or signs in again. */
export class InvalidToken extends Refusal {
  constructor() {
    super('invalid_token', 'The access token is missing or not valid.');
  }
}

/** What was shown was right. Nobody else is told that the account is to be deleted. */
export class AccountDeletionPending extends Refusal {
  constructor(deletionDueAt: Date) {
    super('account_deletion_pending', 'The account is to be deleted. Ask again with `cancelDeletion` to keep it.', {
      deletionDueAt,
    });
  }
}

export class KdfTooWeak extends Refusal {
  constructor() {
    super('kdf_too_weak', 'Too cheap to guess: argon2id needs 64 MiB and 3 iterations, pbkdf2-sha256 needs 600,000.');
  }
}

/** The salt shown for a name must not tell whether somebody has it, so the name is registered with the salt shown before. */
export class SaltNotOurs extends InvalidRequest {
  constructor() {
    super([{ path: '/kdf/salt', message: 'must be the salt that GET /auth/kdf answers for this username' }]);
  }
}

export class DeviceNotChosen extends InvalidRequest {
  constructor() {
    super([{ path: '/deviceId', message: 'name either a known device by `deviceId` or a new one by `device`' }]);
  }
}

/** Two changes of the secret at once: the one that came second was made against a secret that no longer holds. */
export class SecretChangedMeanwhile extends Refusal {
  constructor() {
    super('conflict', 'The secret was changed by somebody else just now.');
  }
}
