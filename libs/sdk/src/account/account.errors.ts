import { type AccountErrorCode, SdkError } from '../sdk.errors.js';

/** The account refuses by itself, whatever the relay says. */
export class AccountError extends SdkError {
  override readonly name = 'AccountError';

  constructor(
    readonly code: AccountErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The relay shows what cannot be if it were honest. */
export function notTrusted(message: string, options?: ErrorOptions): AccountError {
  return new AccountError('relay_not_trusted', message, options);
}
