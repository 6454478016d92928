import { type AttachmentErrorCode, SdkError } from '../sdk.errors.js';

/** A file cannot be sent, or what came of one cannot be shown. */
export class AttachmentError extends SdkError {
  override readonly name = 'AttachmentError';

  constructor(
    readonly code: AttachmentErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
