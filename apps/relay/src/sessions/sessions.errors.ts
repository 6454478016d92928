import { Refusal } from '../platform/errors/refusal.js';

/** Unknown, expired, ended, or bound to the other transport: all one answer, since only a thief would learn from more. */
export class InvalidRefreshToken extends Refusal {
  constructor() {
    super('invalid_refresh_token', 'The refresh token is not valid. Sign in again.');
  }
}

/** Two parties hold the token, so the whole session has ended. */
export class RefreshTokenReused extends Refusal {
  constructor() {
    super('refresh_token_reused', 'The refresh token was used before, so the session has ended. Sign in again.');
  }
}
