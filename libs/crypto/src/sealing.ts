import { cannotOpen } from './crypto.errors.js';

export type Bytes = Uint8Array<ArrayBuffer>;

/** Of every key here, in bytes. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The first byte of what is sealed: another one is another way of sealing. */
const FORMAT = 1;

/** What a sealed text belongs to: opening it anywhere else fails. */
export interface Context {
  /** Used for this one text, or for few: nonces are random (NIST SP 800-38D §8.3 allows 2^32). */
  readonly key: Bytes;
  readonly additionalData: Bytes;
}

/** AES-256-GCM with a random nonce: format (1) ‖ nonce (12) ‖ ciphertext and tag. */
export async function seal(content: Bytes, { key, additionalData }: Context): Promise<Bytes> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData },
    await gcmKey(key, 'encrypt'),
    content,
  );
  return concat(new Uint8Array([FORMAT]), nonce, new Uint8Array(sealed));
}

/** @throws {CryptoError} `cannot_open`, whatever the reason. */
export async function open(sealed: Bytes, { key, additionalData }: Context): Promise<Bytes> {
  if (sealed[0] !== FORMAT || sealed.length < 1 + NONCE_BYTES + TAG_BYTES) throw cannotOpen();
  const iv = sealed.subarray(1, 1 + NONCE_BYTES);
  const ciphertext = sealed.subarray(1 + NONCE_BYTES);
  try {
    const algorithm = { name: 'AES-GCM', iv, additionalData };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, await gcmKey(key, 'decrypt'), ciphertext));
  } catch {
    throw cannotOpen();
  }
}

/** HKDF (RFC 5869) with SHA-256 and an empty salt: 32 bytes, independent of those for any other `info`. */
export async function deriveKey(secret: Bytes, info: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, KEY_BYTES * 8));
}

export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function gcmKey(key: Bytes, use: 'encrypt' | 'decrypt') {
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
