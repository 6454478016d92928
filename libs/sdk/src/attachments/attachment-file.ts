import { waitingFor } from '../waiting.js';
import { AttachmentError } from './attachments.errors.js';

/** A file that gives its bytes as they are asked for: `fileOf` of `@sealpost/sdk/browser`, `fileAt` of `@sealpost/sdk/node`. */
export interface AttachmentFile {
  /** In bytes. */
  readonly size: number;
  /** From the first byte up to, and not with, the last one; at most 1 MiB is asked for at a time. */
  slice(from: number, to: number): Promise<Uint8Array>;
}

/** How far a file has come. */
export interface AttachmentProgress {
  /** Of the file, there, or here, for good. */
  readonly done: number;
  readonly bytes: number;
}

/** Told of each piece. If it gives a promise, that is waited for. */
export type OnProgress = (progress: AttachmentProgress) => void | Promise<void>;

/** @throws {AttachmentError} `file_changed` when there is less, or more. */
export async function pieceOf(
  file: AttachmentFile,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (from === to) return new Uint8Array();
  const piece = await waitingFor(file.slice(from, to), { signal });
  if (!(piece instanceof Uint8Array) || piece.length !== to - from) throw fileChanged();
  return piece;
}

export function fileChanged(): AttachmentError {
  return new AttachmentError('file_changed', 'The file has other bytes than before.');
}
