import { decodeBase64Url, encodeBase64Url } from '#crypto';
import { UUID_PATTERN } from '#protocol';
import { PeerError } from './peers.errors.js';

/** Whose key it is, and which: what a person shows as a QR code. */
export interface Verification {
  /** UUID. */
  readonly accountId: string;
  /** SHA-256 of the raw identity key, in hex. */
  readonly fingerprint: string;
}

const PREFIX = 'sealpost-verify:1.';
/** 16 bytes of account id and 32 of fingerprint. */
const CODE = /^sealpost-verify:1\.([\w-]{64})$/;
const ACCOUNT_HEX_CHARS = 32;
const UUID = new RegExp(UUID_PATTERN, 'u');

/** The text of the QR code: `sealpost-verify:1.` and base64url of the id's 16 bytes and the fingerprint's 32. */
export function writeVerificationCode({ accountId, fingerprint }: Verification): string {
  const hex = accountId.replaceAll('-', '') + fingerprint;
  const bytes = Array.from({ length: hex.length / 2 }, (_none, n) => parseInt(hex.slice(n * 2, n * 2 + 2), 16));
  return `${PREFIX}${encodeBase64Url(Uint8Array.from(bytes))}`;
}

/** @throws {PeerError} `not_a_code` */
export function readVerificationCode(code: string): Verification {
  const encoded = CODE.exec(code)?.[1];
  if (encoded === undefined) throw notACode();
  const hex = Array.from(decodeBase64Url(encoded), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const accountId = hex.slice(0, ACCOUNT_HEX_CHARS).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!UUID.test(accountId)) throw notACode();
  return { accountId, fingerprint: hex.slice(ACCOUNT_HEX_CHARS) };
}

function notACode(): PeerError {
  return new PeerError('not_a_code', 'It is no code for comparing keys, or one of a later version.');
}
