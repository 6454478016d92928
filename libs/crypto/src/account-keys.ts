import { argon2id } from 'hash-wasm';
import { isTooWeak, type Kdf, LIMITS } from '#protocol';
import { decodeBase64Url } from './base64url.js';
import { CryptoError } from './crypto.errors.js';
import { type Bytes, deriveKey, KEY_BYTES } from './sealing.js';

/** A relay that asks for more wants to keep the client busy: 1 GiB, and minutes on a slow phone. */
const CEILINGS = { memoryKiB: 1024 * 1024, argon2idIterations: 32, parallelism: 16, pbkdf2Iterations: 10_000_000 };

const utf8 = new TextEncoder();

/** What a password opens: neither says anything of the other, or of the password. */
export interface AccountKeys {
  /** The secret that the API takes: 32 bytes. */
  readonly authKey: Bytes;
  /** Opens the vault's root, and never leaves the client: 32 bytes. */
  readonly wrapKey: Bytes;
}

/**
 * Derives both from a password, as docs/protocol.md (“Signing in”) says. The password counts in Unicode's NFC, so that it is
 * the same one from every keyboard.
 *
 * @throws {CryptoError} `kdf_too_weak` or `kdf_too_costly` when the parameters, which come from the relay, are out of bounds:
 * nothing has been derived then.
 */
export async function deriveAccountKeys(password: string, kdf: Kdf): Promise<AccountKeys> {
  const salt = decodeBase64Url(kdf.salt);
  checkCost(kdf, salt);
  const master = await masterKey(utf8.encode(password.normalize('NFC')), kdf, salt);
  const [authKey, wrapKey] = await Promise.all([
    deriveKey(master, utf8.encode('sealpost auth 1')),
    deriveKey(master, utf8.encode('sealpost wrap 1')),
  ]);
  return { authKey, wrapKey };
}

function checkCost(kdf: Kdf, salt: Bytes): void {
  if (isTooWeak(kdf) || salt.length < LIMITS.kdfMinSaltBytes)
    throw new CryptoError('kdf_too_weak', 'The relay asks for a derivation that makes the password easy to guess.');
  if (isTooCostly(kdf)) throw new CryptoError('kdf_too_costly', 'The relay asks for a derivation that takes too long.');
}

function isTooCostly(kdf: Kdf): boolean {
  if (kdf.algorithm === 'pbkdf2-sha256') return kdf.iterations > CEILINGS.pbkdf2Iterations;
  const { memoryKiB, iterations, parallelism } = kdf;
  return (
    memoryKiB > CEILINGS.memoryKiB || iterations > CEILINGS.argon2idIterations || parallelism > CEILINGS.parallelism
  );
}

async function masterKey(password: Bytes, kdf: Kdf, salt: Bytes): Promise<Bytes> {
  if (kdf.algorithm === 'argon2id') {
    const { memoryKiB: memorySize, iterations, parallelism } = kdf;
    const cost = { memorySize, iterations, parallelism, hashLength: KEY_BYTES, outputType: 'binary' as const };
    return new Uint8Array(await argon2id({ password, salt, ...cost }));
  }
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: kdf.iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, KEY_BYTES * 8));
}
