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

/** Shorter files are as long as this: most of what a few hundred bytes are would be told by their number. */
const SHORTEST_FILE_BYTES = KIB;
/** Of a length's binary digits so many may be told in any case: the rest is at most 1/32 of it. */
const LEAST_DIGITS = 5;

/**
 * To which length a file is padded before it is encrypted: of an exact length of n binary digits only as many are left as n
 * itself has (Padmé, as in “Reducing Metadata Leakage from Encrypted Files and Communication with PURBs”, PoPETs 2019, §4.3).
 *
 * @param bytes of the file; a whole number, so that 2^50 is no limit.
 * @returns at least a kibibyte, and from there on at most 1/32 more than it was.
 */
export function paddedFileBytes(bytes: number): number {
  if (bytes <= SHORTEST_FILE_BYTES) return SHORTEST_FILE_BYTES;
  const exponent = Math.floor(Math.log2(bytes));
  const digits = Math.max(LEAST_DIGITS, Math.floor(Math.log2(exponent)) + 1);
  const step = 2 ** (exponent - digits);
  return Math.ceil(bytes / step) * step;
}
