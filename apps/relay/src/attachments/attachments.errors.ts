import { Refusal } from '../platform/errors/refusal.js';

export class AttachmentTooLarge extends Refusal {
  constructor(message: string) {
    super('attachment_too_large', message);
  }

  static as(length: number, most: number): AttachmentTooLarge {
    return new AttachmentTooLarge(
      `${String(length)} bytes are more than the ${String(most)} that an attachment may have.`,
    );
  }

  static beyondItsLength(): AttachmentTooLarge {
    return new AttachmentTooLarge('This is more than the length that was declared for the upload.');
  }
}

export class AttachmentQuotaExceeded extends Refusal {
  constructor(what: string, retryAfterSeconds?: number) {
    super('attachment_quota_exceeded', what, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
  }
}

/** Of two requests that go on with one upload, one is too late: also the earlier one, when another has taken its place. */
export class UploadOffsetMismatch extends Refusal {
  constructor() {
    super('upload_offset_mismatch', 'The upload goes on at another offset, or in another request: ask for it by HEAD.');
  }
}

/** What was received stays, and the upload can go on once there is room. */
export class StorageFull extends Refusal {
  constructor() {
    super('storage_full', 'The relay has no room for attachments.', { retryAfterSeconds: 60 });
  }
}

export class RangeNotSatisfiable extends Refusal {
  constructor(readonly length: number) {
    super('range_not_satisfiable', `The attachment has ${String(length)} bytes.`);
  }
}

export class UnsupportedTusVersion extends Refusal {
  constructor() {
    super('unsupported_tus_version', 'Tus-Resumable must be 1.0.0.');
  }
}
