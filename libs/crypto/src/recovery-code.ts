import { canonicalBytes } from '#protocol';
import { CryptoError, cannotOpen } from './crypto.errors.js';
import { type Bytes, concat, deriveKey, KEY_BYTES, open, seal, sha256 } from './sealing.js';

/** Crockford's base32: without letters that are taken for others, or that make words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_OF_LETTER = 5;
const CHECKSUM_BYTES = 3;
/** 256 bits of code and 24 of checksum fill them exactly. */
const LETTERS = ((KEY_BYTES + CHECKSUM_BYTES) * 8) / BITS_OF_LETTER;
const LETTERS_OF_GROUP = 4;

const utf8 = new TextEncoder();

/** A code that opens an account whose password is lost. 256 random bits: nobody guesses it, however fast. */
export function newRecoveryCode(): Bytes {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/** The code as its owner keeps it: fourteen groups of four letters and digits, the last ones a checksum. */
export async function writeRecoveryCode(code: Bytes): Promise<string> {
  const bits = [...concat(code, await checksumOf(code))].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length: LETTERS }, (_none, n) => letterOf(bits.slice(n * BITS_OF_LETTER)));
  return letters.join('').replaceAll(new RegExp(`.{${String(LETTERS_OF_GROUP)}}(?=.)`, 'g'), '$&-');
}

/**
 * Reads a code as somebody typed it: in either case, with O for 0, I and L for 1, and spaces or hyphens anywhere.
 * @throws {CryptoError} `not_a_code` when it is none, or mistyped.
 */
export async function readRecoveryCode(text: string): Promise<Bytes> {
  const letters = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const values = Array.from(letters, (letter) => ALPHABET.indexOf(letter));
  if (values.length !== LETTERS || values.includes(-1)) throw notACode();
  const bits = values.map((value) => value.toString(2).padStart(BITS_OF_LETTER, '0')).join('');
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => parseInt(byte, 2));
  const code = bytes.slice(0, KEY_BYTES);
  const checksum = await checksumOf(code);
  if (!checksum.every((byte, n) => byte === bytes[KEY_BYTES + n])) throw notACode();
  return code;
}

/** What a recovery code opens: neither says anything of the other, or of the code. */
export interface RecoveryKeys {
  /** What the API takes: 32 bytes. */
  readonly recoveryKey: Bytes;
  /** Opens the vault's root, and never leaves the client: 32 bytes. */
  readonly wrapKey: Bytes;
}

/** Derives both. No costly derivation is needed: there is nothing to guess. */
export async function deriveRecoveryKeys(code: Bytes): Promise<RecoveryKeys> {
  const [recoveryKey, wrapKey] = await Promise.all([
    deriveKey(code, utf8.encode('sealpost recovery auth 1')),
    deriveKey(code, utf8.encode('sealpost recovery wrap 1')),
  ]);
  return { recoveryKey, wrapKey };
}

/** Whose root it is, and the key of the recovery code that it lies under. */
export interface RecoveryWrapping {
  readonly accountId: string;
  readonly wrapKey: Bytes;
}

/** The root of the vault under a recovery code, as the relay may keep it. */
export async function wrapRootForRecovery(root: Bytes, wrapping: RecoveryWrapping): Promise<Bytes> {
  return seal(root, contextOf(wrapping));
}

/** @throws {CryptoError} `cannot_open`: alike for another code, another account, and changed bytes. */
export async function unwrapRecoveredRoot(wrapped: Bytes, wrapping: RecoveryWrapping): Promise<Bytes> {
  const root = await open(wrapped, contextOf(wrapping));
  if (root.length !== KEY_BYTES) throw cannotOpen();
  return root;
}

function contextOf({ accountId, wrapKey }: RecoveryWrapping) {
  return { key: wrapKey, additionalData: canonicalBytes('sealpost recovery root 1', [accountId]) };
}

async function checksumOf(code: Bytes): Promise<Bytes> {
  return (await sha256(canonicalBytes('sealpost recovery code 1', [code]))).slice(0, CHECKSUM_BYTES);
}

function letterOf(bits: string): string {
  return ALPHABET.charAt(parseInt(bits.slice(0, BITS_OF_LETTER), 2));
}

function notACode(): CryptoError {
  return new CryptoError('not_a_code', 'It is no recovery code, or has been mistyped.');
}
