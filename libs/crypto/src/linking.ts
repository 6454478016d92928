import { wordlist } from '@scure/bip39/wordlists/english.js';
import { canonicalBytes, LINKING_SLOT_PATTERN } from '#protocol';
import { decodeBase64Url, encodeBase64Url } from './base64url.js';
import { CryptoError } from './crypto.errors.js';
import { type Bytes, type Context, deriveKey, KEY_BYTES, open, seal, sha256 } from './sealing.js';

const CODE_PREFIX = 'sealpost-link:1.';
/** No other key has the same 128 bits, for whoever does not choose both. */
const COMMITMENT_BYTES = 16;
const WORDS = 6;
const BITS_OF_WORD = 11;

/** A private X25519 `CryptoKey` that may derive bits. */
export type LinkingPrivateKey = Parameters<typeof crypto.subtle.exportKey>[1];

/** A device's keys for one linking, and no other. */
export interface LinkingKeys {
  readonly privateKey: LinkingPrivateKey;
  /** Raw, 32 bytes: the offer of the new device, or the answer of the old one. */
  readonly publicKey: Bytes;
}

/** Makes the keys of either side. */
export async function newLinkingKeys(): Promise<LinkingKeys> {
  const pair = await crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']);
  if (!('privateKey' in pair)) throw new Error('X25519 keys come in pairs');
  return {
    privateKey: pair.privateKey,
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
  };
}

/** What a code says: where the new device waits, and which key it has there. */
export interface LinkingCode {
  readonly slotId: string;
  readonly commitment: Bytes;
}

/**
 * What the new device shows, as a QR code or to be copied: it goes around the relay, and binds the key that the relay passes on.
 */
export async function writeLinkingCode(slotId: string, publicKey: Bytes): Promise<string> {
  return `${CODE_PREFIX}${slotId}.${encodeBase64Url(await commitmentTo(slotId, publicKey))}`;
}

/** @throws {CryptoError} `not_a_code` when it is none. */
export function readLinkingCode(text: string): LinkingCode {
  const [slotId = '', commitment = '', ...rest] = text.startsWith(CODE_PREFIX)
    ? text.slice(CODE_PREFIX.length).split('.')
    : [];
  const form = new RegExp(LINKING_SLOT_PATTERN);
  if (rest.length > 0 || !form.test(slotId) || !form.test(commitment))
    throw new CryptoError('not_a_code', 'It is no code of a device that waits to be linked.');
  return { slotId, commitment: decodeBase64Url(commitment) };
}

/** What both devices have, if nobody stands between them. */
export interface Link {
  /** To be compared by whoever holds both devices, before anything is handed over, and before it is taken. */
  readonly words: readonly string[];
  readonly key: Bytes;
  readonly transcript: Bytes;
}

/**
 * The old device's side: its keys, the code that it was shown, and the offer that the relay passed on.
 * @throws {CryptoError} `not_committed` when the offer is not of the device that showed the code, or is no key.
 */
export async function linkAsOldDevice(
  own: LinkingKeys,
  { slotId, commitment }: LinkingCode,
  offer: Bytes,
): Promise<Link> {
  const expected = await commitmentTo(slotId, offer);
  if (!expected.every((byte, n) => byte === commitment[n])) throw notCommitted();
  return linkOf(own.privateKey, offer, canonicalBytes('sealpost linking 1', [slotId, offer, own.publicKey]));
}

/**
 * The new device's side: its keys, its slot, and the answer that the relay passed on. Only the words tell whose answer it is.
 * @throws {CryptoError} `not_committed` when it is no key.
 */
export async function linkAsNewDevice(own: LinkingKeys, slotId: string, answer: Bytes): Promise<Link> {
  return linkOf(own.privateKey, answer, canonicalBytes('sealpost linking 1', [slotId, own.publicKey, answer]));
}

/** What the old device hands over, once the words were found the same. */
export async function sealProvisioning(content: Bytes, link: Link): Promise<Bytes> {
  return seal(content, contextOf(link));
}

/** @throws {CryptoError} `cannot_open` when it is from another device than the words say, or has been changed. */
export async function openProvisioning(sealed: Bytes, link: Link): Promise<Bytes> {
  return open(sealed, contextOf(link));
}

async function linkOf(privateKey: LinkingPrivateKey, publicKey: Bytes, transcript: Bytes): Promise<Link> {
  const secret = await agree(privateKey, publicKey);
  const [key, words] = await Promise.all([
    deriveKey(secret, canonicalBytes('sealpost linking key 1', [transcript])),
    deriveKey(secret, canonicalBytes('sealpost linking words 1', [transcript])),
  ]);
  return { words: wordsOf(words), key, transcript };
}

/** WebCrypto refuses points of small order, with which anybody would know the secret (RFC 7748 §6.1). */
async function agree(privateKey: LinkingPrivateKey, publicKey: Bytes): Promise<Bytes> {
  try {
    const peer = await crypto.subtle.importKey('raw', publicKey, 'X25519', false, []);
    return new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: peer }, privateKey, KEY_BYTES * 8));
  } catch (cause) {
    throw notCommitted({ cause });
  }
}

/** 66 bits: the relay has two minutes, and one key to find among so many. */
function wordsOf(bytes: Bytes): string[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: WORDS }, (_none, n) => {
    const index = parseInt(bits.slice(n * BITS_OF_WORD, (n + 1) * BITS_OF_WORD), 2);
    return wordlist[index] ?? '';
  });
}

async function commitmentTo(slotId: string, publicKey: Bytes): Promise<Bytes> {
  const hash = await sha256(canonicalBytes('sealpost linking offer 1', [slotId, publicKey]));
  return hash.slice(0, COMMITMENT_BYTES);
}

function contextOf({ key, transcript }: Link): Context {
  return { key, additionalData: transcript };
}

function notCommitted(options?: ErrorOptions): CryptoError {
  return new CryptoError('not_committed', 'This is not the key of the device that showed the code.', options);
}
