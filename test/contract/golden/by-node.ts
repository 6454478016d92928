import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  pbkdf2Sync,
  verify,
} from 'node:crypto';
import argon2 from 'argon2';
import { type Bytes, hex, hexOf, pkcs8 } from './material.js';

/** The same, put together from docs/protocol.md with Node's own cryptography and nothing of ours: what another maker would do. */

const MIB = 1024 ** 2;

export type Field = string | number | Uint8Array;

export function canonical(label: string, ...fields: readonly Field[]): Buffer {
  const parts = [label, ...fields].map((field) =>
    typeof field === 'object' ? Buffer.from(field) : Buffer.from(`${field}`),
  );
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  );
}

export const digest = (algorithm: 'sha256' | 'sha512', bytes: Uint8Array): Buffer =>
  createHash(algorithm).update(bytes).digest();

export const hmac = (key: Uint8Array, bytes: Uint8Array): Buffer => createHmac('sha256', key).update(bytes).digest();

/** HKDF-SHA-256 with an empty salt. */
export function derived(secret: Uint8Array, info: Uint8Array | string): Bytes {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), info, 32));
}

export function opened({
  key,
  additionalData,
  sealed,
}: Readonly<Record<'key' | 'additionalData' | 'sealed', string>>): string {
  const bytes = Buffer.from(sealed, 'hex');
  const decipher = createDecipheriv('aes-256-gcm', hex(key), bytes.subarray(1, 13), { authTagLength: 16 });
  decipher.setAAD(hex(additionalData)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(13, -16)), decipher.final()]).toString('hex');
}

export function isSignedBy(publicKey: string, bytes: string, signature: string): boolean {
  const spki = Buffer.concat([hex('302a300506032b6570032100'), hex(publicKey)]);
  return verify(null, hex(bytes), createPublicKey({ key: spki, format: 'der', type: 'spki' }), hex(signature));
}

export interface KdfFields {
  readonly algorithm: string;
  readonly salt: string;
  readonly memoryKiB?: number;
  readonly iterations: number;
  readonly parallelism?: number;
}

export async function accountKeys(password: string, kdf: KdfFields): Promise<{ authKey: string; wrapKey: string }> {
  const salt = Buffer.from(kdf.salt, 'base64url');
  const text = Buffer.from(password.normalize('NFC'));
  const cost = { memoryCost: kdf.memoryKiB ?? 0, timeCost: kdf.iterations, parallelism: kdf.parallelism ?? 1 };
  const master =
    kdf.algorithm === 'argon2id'
      ? await argon2.hash(text, { ...cost, salt, hashLength: 32, raw: true, type: argon2.argon2id })
      : pbkdf2Sync(text, salt, kdf.iterations, 32, 'sha256');
  return { authKey: hexOf(derived(master, 'sealpost auth 1')), wrapKey: hexOf(derived(master, 'sealpost wrap 1')) };
}

export function agreed(privateKey: string, publicKey: string): Buffer {
  const spki = Buffer.concat([hex('302a300506032b656e032100'), hex(publicKey)]);
  return diffieHellman({
    privateKey: createPrivateKey({ key: Buffer.from(pkcs8('x25519', hex(privateKey))), format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
  });
}

/** Big-endian bits in groups, as whole numbers. */
export function bitsOf(bytes: Uint8Array, each: number): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(new RegExp(`.{${String(each)}}`, 'g')) ?? []).map((group) => parseInt(group, 2));
}

export function recoveryCode(code: Uint8Array): string {
  const checksum = digest('sha256', canonical('sealpost recovery code 1', code)).subarray(0, 3);
  const letters = bitsOf(Buffer.concat([code, checksum]), 5).map((value) =>
    '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(value),
  );
  return letters.join('').replaceAll(/.{4}(?=.)/g, '$&-');
}

export function safetyDigits({ accountId, publicKey }: Readonly<Record<'accountId' | 'publicKey', string>>): string {
  const hash = digest('sha512', canonical('sealpost safety number 1', accountId, hex(publicKey)));
  const groups = Array.from({ length: 6 }, (_none, n) =>
    BigInt(`0x${hash.subarray(n * 5, n * 5 + 5).toString('hex')}`),
  );
  return groups.map((group) => String(group % 100_000n).padStart(5, '0')).join(' ');
}

/** A file as an attachment: padded, sealed in chunks of a mebibyte, each with its place and the end of the file in its nonce. */
export function sealedFile(key: Uint8Array, file: Uint8Array): Buffer {
  const padded = Buffer.alloc(paddedLength(file.length));
  padded.set(file);
  const last = Math.ceil(padded.length / MIB) - 1;
  const chunks = Array.from({ length: last + 1 }, (_none, n) => {
    const nonce = Buffer.alloc(12);
    nonce[0] = n === last ? 1 : 0;
    nonce.writeUInt32BE(n, 8);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(canonical('sealpost attachment v1'));
    return [cipher.update(padded.subarray(n * MIB, (n + 1) * MIB)), cipher.final(), cipher.getAuthTag()];
  });
  return Buffer.concat(chunks.flat());
}

/** In whole numbers alone: of a length of n binary digits after the first, at least five and as many as n has are kept. */
function paddedLength(bytes: number): number {
  const exponent = bytes.toString(2).length - 1;
  const dropped = exponent - Math.max(5, exponent.toString(2).length);
  const step = 1n << BigInt(Math.max(0, dropped));
  return bytes <= 1024 ? 1024 : Number(((BigInt(bytes) + step - 1n) / step) * step);
}
