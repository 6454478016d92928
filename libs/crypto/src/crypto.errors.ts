/** Every way this library refuses. Codes never change their meaning. */
export type CryptoErrorCode =
  | 'cannot_open'
  | 'kdf_too_weak'
  | 'kdf_too_costly'
  | 'not_padded'
  | 'too_long'
  | 'wrong_length'
  | 'not_signed'
  | 'not_a_code'
  | 'not_committed';

/** What was given is not what it should be; nothing of it has been used. */
export class CryptoError extends Error {
  override readonly name = 'CryptoError';

  constructor(
    readonly code: CryptoErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** One error for a wrong key, changed bytes and a wrong context: telling them apart would help whoever changed them. */
export function cannotOpen(): CryptoError {
  return new CryptoError('cannot_open', 'It was sealed with another key, for another place, or has been changed.');
}
