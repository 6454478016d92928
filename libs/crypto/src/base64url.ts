import { CryptoError } from './crypto.errors.js';
import type { Bytes } from './sealing.js';

const PIECE_BYTES = 8 * 1024;

/** Without padding, as the API has it. @throws {CryptoError} `cannot_open` when it is none. */
export function decodeBase64Url(text: string): Bytes {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw new CryptoError('cannot_open', 'It is no base64url.');
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
}

/** Without padding. */
export function encodeBase64Url(bytes: Uint8Array): string {
  // In pieces: a megabyte of arguments is more than a call takes.
  const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE_BYTES) }, (_none, n) =>
    String.fromCharCode(...bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES)),
  );
  return btoa(pieces.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
