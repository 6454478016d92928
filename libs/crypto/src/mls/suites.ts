import { Aes128Gcm, Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256, HkdfSha512 } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import type { CiphersuiteImpl, CiphersuiteName } from 'ts-mls';
import { getCiphersuiteFromName } from 'ts-mls/crypto/ciphersuite.js';
import { makeHashImpl } from 'ts-mls/crypto/implementation/default/makeHashImpl.js';
import { makeGenericHpke } from 'ts-mls/crypto/implementation/hpke.js';
import { MLS_SUITES, type MlsSuite } from '#protocol';
import type { SigningKey } from '../device-lists.js';
import type { Bytes } from '../sealing.js';
import { kdfOf } from './kdf.js';

/** What ts-mls calls the suites. */
const NAMES = {
  [MLS_SUITES.x25519]: 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519',
  [MLS_SUITES.xWing]: 'MLS_256_XWING_AES256GCM_SHA512_Ed25519',
} as const satisfies Record<MlsSuite, CiphersuiteName>;

/** @returns undefined for a suite that is not used here. */
export function suiteNamed(name: CiphersuiteName): MlsSuite | undefined {
  return Object.values(MLS_SUITES).find((suite) => NAMES[suite] === name);
}

/**
 * A suite of WebCrypto, with ML-KEM-768 from `mlkem` inside X-Wing and HKDF from `@noble/hashes`. Everything is imported statically: what ts-mls brings for
 * this loads its parts when they are used, of which bundlers make nineteen suites and as many files.
 *
 * @param signingKey signs, whatever key bytes ts-mls passes: none of its states need hold the device's.
 */
export async function cipherSuite(suite: MlsSuite, signingKey: SigningKey): Promise<CiphersuiteImpl> {
  const { name, hash, hpke } = getCiphersuiteFromName(NAMES[suite]);
  return {
    name,
    hash: makeHashImpl(crypto.subtle, hash),
    kdf: kdfOf(suite),
    hpke: await makeGenericHpke(hpke, aesGcm, hpkeSuite(suite)),
    rng: { randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    signature: {
      sign: async (_none, content) => new Uint8Array(await crypto.subtle.sign('Ed25519', signingKey, own(content))),
      verify: verifyEd25519,
      keygen: () => Promise.reject(new Error('A device makes its keys once, outside of MLS.')),
    },
  };
}

function hpkeSuite(suite: MlsSuite): CipherSuite {
  return suite === MLS_SUITES.xWing
    ? new CipherSuite({ kem: new XWing(), kdf: new HkdfSha512(), aead: new Aes256Gcm() })
    : new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
}

async function verifyEd25519(publicKey: Uint8Array, content: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', own(publicKey), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, own(signature), own(content));
}

/** Keys of this are for one message each (RFC 9420 §9), so that nonces never meet. */
const aesGcm = {
  async encrypt(key: Uint8Array, nonce: Uint8Array, additionalData: Uint8Array, content: Uint8Array) {
    const imported = await crypto.subtle.importKey('raw', own(key), 'AES-GCM', false, ['encrypt']);
    return new Uint8Array(await crypto.subtle.encrypt(gcm(nonce, additionalData), imported, own(content)));
  },
  async decrypt(key: Uint8Array, nonce: Uint8Array, additionalData: Uint8Array, ciphertext: Uint8Array) {
    const imported = await crypto.subtle.importKey('raw', own(key), 'AES-GCM', false, ['decrypt']);
    return new Uint8Array(await crypto.subtle.decrypt(gcm(nonce, additionalData), imported, own(ciphertext)));
  },
};

function gcm(nonce: Uint8Array, additionalData: Uint8Array) {
  return { name: 'AES-GCM', iv: own(nonce), additionalData: own(additionalData) };
}

/** WebCrypto takes no bytes of shared memory, and the types of ts-mls do not say that there are none. */
function own(bytes: Uint8Array): Bytes {
  return bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    : new Uint8Array(bytes);
}
