import { type GroupErrorCode, SdkError } from '../sdk.errors.js';

/** A conversation cannot be changed, or followed, now. */
export class GroupError extends SdkError {
  override readonly name = 'GroupError';

  constructor(
    readonly code: GroupErrorCode,
    message: string,
  ) {
    super(message);
  }
}
