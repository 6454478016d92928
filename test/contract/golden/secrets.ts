import {
  attachmentLayout,
  AttachmentSealer,
  type Bytes,
  chunkAt,
  deriveAccountKeys,
  deriveRecoveryKeys,
  linkAsNewDevice,
  type LinkingKeys,
  MAX_CONTENT_BYTES,
  pad,
  PADDED_BYTES,
  safetyNumber,
  writeLinkingCode,
  writeRecoveryCode,
} from '#crypto';
import { canonicalBytes, type Kdf } from '#protocol';
import { writeVerificationCode } from '../../../libs/sdk/src/peers/verification-code.js';
import { derived } from './by-node.js';
import { hex, hexOf, KEYS, numbered, pkcs8, sealedBy, sha256, uuid } from './material.js';

const NONCE = numbered(12, 0xa0);
const ACCOUNT = uuid('a', 1);
const SALT = Buffer.from(numbered(16)).toString('base64url');
const ARGON2ID: Kdf = { algorithm: 'argon2id', salt: SALT, memoryKiB: 65_536, iterations: 3, parallelism: 1 };
const PBKDF2: Kdf = { algorithm: 'pbkdf2-sha256', salt: SALT, iterations: 600_000 };
const PASSWORD = 'corréct horse';
const KIB = 1024;
const MIB = KIB ** 2;
const FILE_BYTES = [0, 1, KIB, MIB - 1, MIB, MIB + 1];

/** What is derived, sealed, shown to people, or padded. */
export async function secrets() {
  return {
    sealed: [new Uint8Array(), numbered(3), numbered(100)].map((content) =>
      sealedVector({ key: numbered(32), additionalData: canonicalBytes('sealpost example 1', ['place']) }, content),
    ),
    accountKeys: await Promise.all([ARGON2ID, PBKDF2].map(accountKeys)),
    vaultRoots: [ARGON2ID, PBKDF2].map(vaultRoot),
    vaultItems: [vaultItem('identity', 1), vaultItem('contacts', 12)],
    recovery: await recovery(),
    linking: await linking(),
    safetyNumbers: await safetyNumbers(),
    verificationCodes: [
      verificationCode(ACCOUNT, KEYS.ada.publicKey),
      verificationCode(uuid('a', 2), KEYS.bob.publicKey),
    ],
    padding: padding(),
    attachments: await Promise.all(FILE_BYTES.map(attachment)),
  };
}

function sealedVector({ key, additionalData }: { key: Bytes; additionalData: Bytes }, content: Bytes) {
  const sealed = hexOf(sealedBy({ key, additionalData }, content, NONCE));
  return {
    key: hexOf(key),
    additionalData: hexOf(additionalData),
    nonce: hexOf(NONCE),
    content: hexOf(content),
    sealed,
  };
}

async function accountKeys(kdf: Kdf) {
  const { authKey, wrapKey } = await deriveAccountKeys(PASSWORD, kdf);
  return { password: PASSWORD, kdf, authKey: hexOf(authKey), wrapKey: hexOf(wrapKey) };
}

function vaultRoot(kdf: Kdf) {
  const cost = kdf.algorithm === 'argon2id' ? [kdf.memoryKiB, kdf.iterations, kdf.parallelism] : [kdf.iterations];
  const additionalData = canonicalBytes('sealpost vault root 1', [ACCOUNT, kdf.algorithm, kdf.salt, ...cost]);
  return { accountId: ACCOUNT, kdf, ...sealedVector({ key: numbered(32, 0x20), additionalData }, numbered(32, 0x40)) };
}

function vaultItem(name: string, version: number) {
  const root = numbered(32, 0x40);
  const additionalData = canonicalBytes('sealpost vault item 1', [ACCOUNT, name, version]);
  const key = derived(root, additionalData);
  return {
    root: hexOf(root),
    accountId: ACCOUNT,
    name,
    version,
    ...sealedVector({ key, additionalData }, numbered(20)),
  };
}

async function recovery() {
  const code = numbered(32);
  const { recoveryKey, wrapKey } = await deriveRecoveryKeys(code);
  const additionalData = canonicalBytes('sealpost recovery root 1', [ACCOUNT]);
  const root = { accountId: ACCOUNT, ...sealedVector({ key: wrapKey, additionalData }, numbered(32, 0x40)) };
  const written = await writeRecoveryCode(code);
  return { code: hexOf(code), written, recoveryKey: hexOf(recoveryKey), wrapKey: hexOf(wrapKey), root };
}

/** Both sides have private keys of 32 times the same byte. */
export async function linkingKeys(privateKey: Bytes, publicKey: Bytes): Promise<LinkingKeys> {
  const key = await crypto.subtle.importKey('pkcs8', pkcs8('x25519', privateKey), 'X25519', false, ['deriveBits']);
  return { privateKey: key, publicKey };
}

async function linking() {
  const slotId = 'q83vEjRWeJCrze8SNFZ4kA';
  const [newPrivateKey, oldPrivateKey] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const newPublicKey = hex('a4e09292b651c278b9772c569f5fa9bb13d906b46ab68c9df9dc2b4409f8a209');
  const oldPublicKey = hex('ce8d3ad1ccb633ec7b70c17814a5c76ecd029685050d344745ba05870e587d59');
  const link = await linkAsNewDevice(await linkingKeys(newPrivateKey, newPublicKey), slotId, oldPublicKey);
  const { transcript, key, words } = link;
  return {
    slotId,
    newPrivateKey: hexOf(newPrivateKey),
    newPublicKey: hexOf(newPublicKey),
    oldPrivateKey: hexOf(oldPrivateKey),
    oldPublicKey: hexOf(oldPublicKey),
    code: await writeLinkingCode(slotId, newPublicKey),
    transcript: hexOf(transcript),
    words,
    handedOver: sealedVector({ key, additionalData: transcript }, numbered(40)),
  };
}

async function safetyNumbers() {
  const ada = { accountId: ACCOUNT, publicKey: KEYS.ada.publicKey };
  const bob = { accountId: uuid('a', 2), publicKey: KEYS.bob.publicKey };
  const shown = ({ accountId, publicKey }: typeof ada) => ({ accountId, publicKey: hexOf(publicKey) });
  return [
    { one: shown(ada), other: shown(bob), digits: await safetyNumber(ada, bob) },
    { one: shown(bob), other: shown(ada), digits: await safetyNumber(bob, ada) },
  ];
}

function verificationCode(accountId: string, publicKey: Bytes) {
  const code = writeVerificationCode({ accountId, fingerprint: hexOf(sha256(publicKey)) });
  return { accountId, publicKey: hexOf(publicKey), code };
}

/** Whole where it is short; of each length the longest content that it takes, by its length. */
function padding() {
  const short = [new Uint8Array(), hex('80'), hex('0000'), numbered(255)];
  return {
    lengths: PADDED_BYTES,
    longestContent: MAX_CONTENT_BYTES,
    whole: short.map((content) => ({ content: hexOf(content), padded: hexOf(pad(content)) })),
    lengthOf: PADDED_BYTES.flatMap((length) => [length - 1, length])
      .filter((length) => length <= MAX_CONTENT_BYTES)
      .map((length) => ({ contentLength: length, paddedLength: pad(new Uint8Array(length)).length })),
  };
}

/** Its bytes are 0, 1, 2 … 250, and again: so no two chunks have the same. */
export function fileOf(bytes: number): Bytes {
  return Uint8Array.from({ length: bytes }, (_none, n) => n % 251);
}

/** Whole where it is short. */
async function attachment(bytes: number) {
  const [key, file, layout] = [numbered(32, 0x80), fileOf(bytes), attachmentLayout(bytes)];
  const sealer = await AttachmentSealer.of(key, layout);
  const chunks: Bytes[] = [];
  for (let n = 0; n < layout.chunks; n++) {
    const { from, to } = chunkAt(layout, n).file;
    chunks.push(await sealer.seal(file.subarray(from, to)));
  }
  const whole = layout.sealedBytes <= 2 * KIB && { sealed: hexOf(Buffer.concat(chunks)) };
  return { key: hexOf(key), bytes, sealedBytes: layout.sealedBytes, sha256: hexOf(sealer.digest()), ...whole };
}
