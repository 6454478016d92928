import { LIMITS } from '#protocol';
import { CryptoError } from './crypto.errors.js';
import type { Bytes } from './sealing.js';

/** What MLS adds at most to the longest bucket: headers, authenticated data, a signature (RFC 9420 §6.3). */
const MLS_OVERHEAD_BYTES = 1024;
const KIB = 1024;

/** Lengths of padded content: whoever sees only ciphertext learns which of twelve it is, no more. */
export const PADDED_BYTES = [
  ...[256, 512, KIB, 2 * KIB, 4 * KIB, 8 * KIB, 12 * KIB, 16 * KIB, 24 * KIB, 32 * KIB, 48 * KIB],
  LIMITS.ciphertextBytes - MLS_OVERHEAD_BYTES,
];

/** The longest content that one message can have. */
export const MAX_CONTENT_BYTES = Math.max(...PADDED_BYTES) - 1;

const MARK = 0x80;

/** Content, a one bit, and zeros to the next length (ISO/IEC 7816-4). @throws {CryptoError} `too_long`. */
export function pad(content: Uint8Array): Bytes {
  const length = PADDED_BYTES.find((bytes) => bytes > content.length);
  if (length === undefined)
    throw new CryptoError(
      'too_long',
      `A message has at most ${MAX_CONTENT_BYTES} bytes; this one has ${content.length}.`,
    );
  const padded = new Uint8Array(length);
  padded.set(content);
  padded[content.length] = MARK;
  return padded;
}

/** @throws {CryptoError} `not_padded` for anything that `pad` does not return. */
export function unpad(padded: Uint8Array): Uint8Array {
  const end = padded.findLastIndex((byte) => byte !== 0);
  const isShortest = PADDED_BYTES.find((bytes) => bytes > end) === padded.length;
  if (padded[end] !== MARK || !isShortest)
    throw new CryptoError('not_padded', 'It has not the length or end of a message.');
  return padded.subarray(0, end);
}
