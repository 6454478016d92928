import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { CiphersuiteImpl } from 'ts-mls';
import { MLS_SUITES, type MlsSuite } from '#protocol';

/**
 * HKDF (RFC 5869) of a suite. A message takes five keys from others, and WebCrypto hands each to another thread and back, which
 * takes six times as long as the hash itself. Neither looks anything up, nor branches, by what is secret.
 */
export function kdfOf(suite: MlsSuite): CiphersuiteImpl['kdf'] {
  const hash = suite === MLS_SUITES.xWing ? sha512 : sha256;
  return {
    size: hash.outputLen,
    // Asynchronous as ts-mls asks for it, so that what is thrown arrives as a rejection.
    // eslint-disable-next-line @typescript-eslint/require-await
    extract: async (salt, secret) => extract(hash, secret, salt),
    // eslint-disable-next-line @typescript-eslint/require-await
    expand: async (key, info, length) => expand(hash, key, info, length),
  };
}
