import type { Readable } from 'node:stream';
import type { AccountId, AttachmentId, ConversationId, SessionId } from '#protocol';

/**
 * Where an attachment is in its life: being uploaded, whole, taken away while its bytes are still there, and without bytes.
 * Of the last only what counts for the quota of a day is left.
 */
export type AttachmentState = 'open' | 'stored' | 'removed' | 'erased';

/** The bytes of an attachment, as far as they are in safety. */
export interface StoredBytes {
  readonly id: AttachmentId;
  /** Of the whole ciphertext. */
  readonly length: number;
  /** How many of them are in safety, from the first on. */
  readonly received: number;
  /** What an object store calls the upload, once it knows of one. */
  readonly multipartId: string | null;
}

/** How far an upload has come. */
export type Progress = Pick<StoredBytes, 'received' | 'multipartId'>;

/** An attachment, for whoever uploads it. */
export interface Upload extends StoredBytes {
  /** When it will be gone; null if only with its conversation. */
  readonly expiresAt: Date | null;
}

export interface NewUpload {
  readonly conversationId: ConversationId;
  readonly length: number;
  /** Of the whole attachment, from when it is whole; `undefined` if it stays. */
  readonly expiresInSeconds: number | undefined;
}

/** Who asks for an attachment, and by which session. */
export interface Asker {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
}

/** First and last byte. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** A stretch of an attachment on its way to a reader. */
export interface Download {
  readonly length: number;
  /** `undefined` when all of it was asked for. */
  readonly range: ByteRange | undefined;
  /** Ends with an error when not all of it came. Whoever does not read it to its end has to destroy it. */
  readonly bytes: Readable;
}
