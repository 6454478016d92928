import { cannotOpen } from './crypto.errors.js';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Of every key here, in bytes. */
export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
/** The first byte of what is sealed: another one is another way of sealing. */
const FORMAT = 1;

/** What a sealed text belongs to: opening it anywhere else fails. */
export interface Context {
  /** Used for this one text, or for few: nonces are random (NIST SP 800-38D §8.3 allows 2^32). */
  readonly key: Bytes;
  readonly additionalData: Bytes;
}

/** A key that WebCrypto has taken in and does not give out again. */
export type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** AES-256-GCM with a random nonce: format (1) ‖ nonce (12) ‖ ciphertext and tag. */
export async function seal(content: Bytes, { key, additionalData }: Context): Promise<Bytes> {
  return sealUnder(await gcmKey(key, 'encrypt'), content, additionalData);
}

/** @throws {CryptoError} `cannot_open`, whatever the reason. */
export async function open(sealed: Bytes, { key, additionalData }: Context): Promise<Bytes> {
  return openUnder(await gcmKey(key, 'decrypt'), sealed, additionalData);
}

/** {@link seal} with a key that is used often. */
export async function sealUnder(key: ImportedKey, content: Bytes, additionalData: Bytes): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData }, key, content);
  return concat(new Uint8Array([FORMAT]), nonce, new Uint8Array(sealed));
}

/** {@link open} with a key that is used often. */
export async function openUnder(key: ImportedKey, sealed: Bytes, additionalData: Bytes): Promise<Bytes> {
  if (sealed[0] !== FORMAT || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) throw cannotOpen();
  const iv = sealed.subarray(1, 1 + NONCE_BYTES);
  const ciphertext = sealed.subarray(1 + NONCE_BYTES);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, ciphertext));
  } catch {
    throw cannotOpen();
  }
}

/** HKDF (RFC 5869) with SHA-256 and an empty salt: 32 bytes, independent of those for any other `info`. */
export async function deriveKey(secret: Bytes, info: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(info), key, KEY_BYTES * 8));
}

/** A secret from which {@link deriveGcmKey} derives, and which nobody reads again. */
export async function importSecret(secret: Bytes): Promise<ImportedKey> {
  return crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
}

/** The key that {@link deriveKey} gives, taken in at once. */
export async function deriveGcmKey(secret: ImportedKey, info: Bytes): Promise<ImportedKey> {
  const algorithm = { name: 'AES-GCM', length: KEY_BYTES * 8 };
  return crypto.subtle.deriveKey(hkdf(info), secret, algorithm, false, ['encrypt', 'decrypt']);
}

function hkdf(info: Bytes) {
  return { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export function gcmKey(key: Bytes, use: 'encrypt' | 'decrypt') {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use]);
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}
