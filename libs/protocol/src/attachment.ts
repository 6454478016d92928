import { canonicalBytes } from './canonical.js';

/** Of a padded file so many bytes are sealed at a time; the last chunk has what is left. */
export const ATTACHMENT_CHUNK_BYTES = 1024 ** 2;

/** The additional data of each chunk of a file: its place stands in its nonce, and its key is of that file alone. */
export function attachmentContextBytes(): Uint8Array<ArrayBuffer> {
  return canonicalBytes('sealpost attachment v1', []);
}
