import { CryptoError } from './crypto.errors.js';
import type { Bytes } from './sealing.js';

const PIECE_BYTES = 8 * 1024;

/** Without padding, as the API has it. @throws {CryptoError} `cannot_open` when it is none. */
export function decodeBase64Url(text: string): Bytes {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) throw new CryptoError('cannot_open', 'It is no base64url.');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  // Of a page of messages these are many: an iterator over characters takes ten times as long.
  const bytes = new Uint8Array(binary.length);
  for (let n = 0; n < bytes.length; n++) bytes[n] = binary.charCodeAt(n);
  return bytes;
}

/** Without padding. */
export function encodeBase64Url(bytes: Uint8Array): string {
  // In pieces: a megabyte of arguments is more than a call takes.
  const pieces = Array.from({ length: Math.ceil(bytes.length / PIECE_BYTES) }, (_none, n) =>
    String.fromCharCode(...bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES)),
  );
  return btoa(pieces.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
