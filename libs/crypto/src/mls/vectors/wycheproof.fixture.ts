import { HkdfSha256, X25519 } from '@hpke/dhkem-x25519';
import { createMlKem768 } from 'mlkem';
import type { CiphersuiteImpl } from 'ts-mls';
import { MLS_SUITES } from '#protocol';
import { deriveKey, open } from '../../sealing.js';
import { importSigningKey, newDeviceKeys } from '../devices.js';
import { cipherSuite } from '../suites.js';
import { bytes, holds, same, type Vector } from './suite.fixture.js';

/** Our two suites: what Project Wycheproof attacks is what they are made of. */
interface Ours {
  readonly x25519: CiphersuiteImpl;
  readonly xWing: CiphersuiteImpl;
}

interface WycheproofSet {
  readonly cases: number;
  readonly check: (given: Vector, ours: Ours, group: Vector) => Promise<void>;
  /** Why the cases of a group are passed over, if they are: a key of `known-gaps.json`. */
  readonly gapOf?: (group: Vector) => string | undefined;
}

/** The files of Project Wycheproof, by name without `.json`. */
export const WYCHEPROOF = {
  aes_gcm: { cases: 316, check: aesGcm, gapOf: gapOfAesGcm },
  ed25519: { cases: 151, check: ed25519 },
  hkdf_sha256: { cases: 86, check: hkdfSha256 },
  hkdf_sha512: { cases: 83, check: (given, { xWing }) => hkdf(given, xWing) },
  hmac_sha256: { cases: 174, check: hmacSha256 },
  mlkem_768: { cases: 193, check: mlKem768 },
  x25519: { cases: 518, check: x25519 },
} as const satisfies Record<string, WycheproofSet>;

export type WycheproofFile = keyof typeof WYCHEPROOF;

export interface Judged {
  /** What is wrong, by case. */
  readonly failures: readonly string[];
  readonly held: number;
  /** How many were passed over, by the reason in `known-gaps.json`. */
  readonly gaps: Readonly<Record<string, number>>;
}

export async function judgeWycheproof(file: WycheproofFile, groups: readonly Vector[]): Promise<Judged> {
  const set: WycheproofSet = WYCHEPROOF[file];
  const ours = await ourSuites();
  const failures: string[] = [];
  const gaps: Record<string, number> = {};
  let held = 0;
  for (const group of groups) {
    const gap = set.gapOf?.(group);
    if (gap !== undefined) {
      gaps[gap] = (gaps[gap] ?? 0) + Number(group.tests.length);
      continue;
    }
    for (const given of group.tests) {
      const failure = await failureOf(() => set.check(given, ours, group));
      if (failure === undefined) held++;
      else failures.push(`${file} case ${given.tcId}: ${failure}`);
    }
  }
  return { failures, held, gaps };
}

async function failureOf(check: () => Promise<void>): Promise<string | undefined> {
  return check().then(
    () => undefined,
    (error: unknown) => String(error),
  );
}

async function ourSuites(): Promise<Ours> {
  const { privateKey } = await newDeviceKeys();
  const signingKey = await importSigningKey(privateKey);
  const [x25519Suite, xWing] = await Promise.all([
    cipherSuite(MLS_SUITES.x25519, signingKey),
    cipherSuite(MLS_SUITES.xWing, signingKey),
  ]);
  return { x25519: x25519Suite, xWing };
}

/** Refused, where the case says `invalid`; otherwise what it says. */
async function judged(given: Vector, make: () => Promise<Uint8Array>, expected: string): Promise<void> {
  if (given.result !== 'invalid') {
    same('the result', await make(), bytes(expected));
    return;
  }
  const refused = await make().then(
    () => false,
    () => true,
  );
  holds('that it is refused', refused);
}

function gapOfAesGcm({ keySize, ivSize }: Vector): string | undefined {
  if (ivSize !== 96) return 'aes_gcm: nonces of another length than 96 bits';
  return keySize === 192 ? 'aes_gcm: keys of 192 bits' : undefined;
}

async function aesGcm(given: Vector, { x25519: ofX25519, xWing }: Ours, { keySize }: Vector): Promise<void> {
  const [key, iv, aad] = [bytes(given.key), bytes(given.iv), bytes(given.aad)];
  const { hpke } = keySize === 128 ? ofX25519 : xWing;
  await judged(given, () => hpke.decryptAead(key, iv, aad, bytes(`${given.ct}${given.tag}`)), given.msg);
  if (keySize !== 256) return;
  const sealed = bytes(`01${given.iv}${given.ct}${given.tag}`);
  await judged(given, () => open(sealed, { key, additionalData: aad }), given.msg);
}

async function ed25519(given: Vector, { xWing }: Ours, { publicKey }: Vector): Promise<void> {
  const verified = await xWing.signature
    .verify(bytes(publicKey.pk), bytes(given.msg), bytes(given.sig))
    .catch(() => false);
  same('whether it is signed', verified, given.result === 'valid');
}

async function hkdf(given: Vector, suite: CiphersuiteImpl): Promise<void> {
  const derived = async () =>
    suite.kdf.expand(await extracted(suite, bytes(given.salt), bytes(given.ikm)), bytes(given.info), given.size);
  await judged(given, derived, given.okm);
}

/**
 * HPKE takes a salt of the hash's length or none. A shorter one is the same with zeros behind it, and to extract with a longer
 * one is HMAC, too (RFC 5869 §2.2, RFC 2104 §2).
 */
async function extracted({ kdf, hash }: CiphersuiteImpl, salt: Uint8Array, secret: Uint8Array): Promise<Uint8Array> {
  if (salt.length > kdf.size) return hash.mac(salt, secret);
  const filled = new Uint8Array(salt.length === 0 ? 0 : kdf.size);
  filled.set(salt);
  return kdf.extract(filled, secret);
}

async function hkdfSha256(given: Vector, { x25519: ofX25519 }: Ours): Promise<void> {
  await hkdf(given, ofX25519);
  // Of longer output the first 32 bytes are the same (RFC 5869 §2.3).
  if (given.salt !== '' || given.size < 32 || given.result !== 'valid') return;
  same('our key', await deriveKey(bytes(given.ikm), bytes(given.info)), bytes(given.okm).subarray(0, 32));
}

/** Tags of 128 bits are the first half of ours. */
async function hmacSha256(given: Vector, { x25519: { hash } }: Ours, { tagSize }: Vector): Promise<void> {
  const made = await hash.mac(bytes(given.key), bytes(given.msg));
  const tag = made.subarray(0, tagSize / 8);
  same('whether it is the tag', String(tag) === String(bytes(given.tag)), given.result === 'valid');
  if (tagSize !== made.length * 8) return;
  const verified = await hash.verifyMac(bytes(given.key), bytes(given.tag), bytes(given.msg));
  same('whether it is verified', verified, given.result === 'valid');
}

async function mlKem768(given: Vector): Promise<void> {
  const kem = await createMlKem768();
  // A refusal is thrown: caught as a promise's.
  const decapsulated = async () => {
    const [publicKey, privateKey] = await Promise.resolve(kem.deriveKeyPair(bytes(given.seed)));
    if (given.ek !== undefined) same('the public key', publicKey, bytes(given.ek));
    return kem.decap(bytes(given.c), privateKey);
  };
  await judged(given, decapsulated, given.K);
}

const PKCS8_OF_X25519 = '302e020100300506032b656e04220420';
const ZEROS = /^0+$/;

/** As linking and suite 1 agree, by WebCrypto, and as it is done inside X-Wing. */
async function x25519(given: Vector): Promise<void> {
  const [secret, peer] = [bytes(given.private), bytes(given.public)];
  const byWebCrypto = async () => {
    const key = await crypto.subtle.importKey('pkcs8', bytes(`${PKCS8_OF_X25519}${given.private}`), 'X25519', false, [
      'deriveBits',
    ]);
    const other = await crypto.subtle.importKey('raw', peer, 'X25519', false, []);
    return new Uint8Array(await crypto.subtle.deriveBits({ name: 'X25519', public: other }, key, 256));
  };
  // A secret of zeros, which anybody would know, is to be refused (RFC 7748 §6.1).
  const isZero = ZEROS.test(given.shared);
  await judged({ result: isZero ? 'invalid' : 'valid' }, byWebCrypto, given.shared);
  // Inside X-Wing it is hashed together with the secret of ML-KEM: there zeros do no harm.
  const inXWing = () => new X25519(new HkdfSha256()).derive(secret, peer);
  if (isZero) same('the secret, if any', await inXWing().catch(() => new Uint8Array(32)), bytes(given.shared));
  else same('the secret inside X-Wing', await inXWing(), bytes(given.shared));
}
