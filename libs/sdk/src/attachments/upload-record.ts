import type { AttachmentContent } from '#protocol';
import { RecordKind } from '../store/sealed-store.js';
import { versionedCodec } from '../store/versioned-codec.js';

/** What the message will say of a file besides where it lies, and what opens it. */
export type AboutFile = Omit<AttachmentContent, 'attachmentId' | 'key' | 'sha256'>;

/** An upload that was begun, until its message is on its way. */
export interface UploadRecord {
  readonly conversationId: string;
  readonly about: AboutFile;
  readonly key: Uint8Array<ArrayBuffer>;
  readonly startedAtMs: number;
  /** Once the relay has given it one. */
  readonly attachmentId?: string | undefined;
  /** So many chunks may have left, in part or whole: the key has been used for them. */
  readonly chunksLeft: number;
  /** SHA-256 of their ciphertext: a file that gives another one is another file. */
  readonly digest?: Uint8Array<ArrayBuffer> | undefined;
}

/** By id, which grows with time. */
export const UPLOADS = new RecordKind('outbox', versionedCodec<UploadRecord>(1));

export function uploadKey(id: string): string {
  return `upload/${id}`;
}

/** A file that the relay is to delete. */
export const REMOVALS = new RecordKind('outbox', versionedCodec<{ readonly attachmentId: string }>(1));

export const REMOVAL_PREFIX = 'removal/';
