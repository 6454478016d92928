import { ATTACHMENT_CHUNK_BYTES } from '#protocol';
import { CryptoError } from './crypto.errors.js';
import { paddedFileBytes } from './padding.js';
import { TAG_BYTES } from './sealing.js';

/** The counter of a chunk has 32 bits. */
const MOST_CHUNKS = 2 ** 32;

/** How long a file is before and after it is padded and sealed. */
export interface AttachmentLayout {
  /** Of the file itself. */
  readonly bytes: number;
  /** At least one. */
  readonly chunks: number;
  readonly paddedBytes: number;
  readonly sealedBytes: number;
}

/** From the first byte up to, and not with, the last one. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** One chunk: what of the file is in it, which may be nothing, and where it lies in the ciphertext. */
interface ChunkPlace {
  readonly file: Span;
  readonly sealed: Span;
  readonly paddedBytes: number;
  readonly isLast: boolean;
}

/** @throws {CryptoError} `too_long` for a file of more than four pebibytes, or one that has no length. */
export function attachmentLayout(bytes: number): AttachmentLayout {
  if (!Number.isSafeInteger(bytes) || bytes < 0 || bytes > MOST_CHUNKS * ATTACHMENT_CHUNK_BYTES) throw tooLong();
  const paddedBytes = paddedFileBytes(bytes);
  const chunks = Math.ceil(paddedBytes / ATTACHMENT_CHUNK_BYTES);
  if (chunks > MOST_CHUNKS) throw tooLong();
  return { bytes, chunks, paddedBytes, sealedBytes: paddedBytes + chunks * TAG_BYTES };
}

/** @param index from 0. @throws {RangeError} for a chunk that there is not. */
export function chunkAt({ bytes, chunks, paddedBytes }: AttachmentLayout, index: number): ChunkPlace {
  if (!Number.isSafeInteger(index) || index < 0 || index >= chunks) throw new RangeError('There is no such chunk.');
  const from = index * ATTACHMENT_CHUNK_BYTES;
  const to = Math.min(from + ATTACHMENT_CHUNK_BYTES, paddedBytes);
  return {
    file: { from: Math.min(from, bytes), to: Math.min(to, bytes) },
    sealed: { from: from + index * TAG_BYTES, to: to + (index + 1) * TAG_BYTES },
    paddedBytes: to - from,
    isLast: index === chunks - 1,
  };
}

function tooLong(): CryptoError {
  return new CryptoError('too_long', 'No file is as long as that.');
}
