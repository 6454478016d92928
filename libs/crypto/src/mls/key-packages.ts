import { type CiphersuiteImpl, generateKeyPackageWithKey, type KeyPackage, type PrivateKeyPackage } from 'ts-mls';
import { decodeKeyPackage, encodeKeyPackage, makeKeyPackageRef } from 'ts-mls/keyPackage.js';
import {
  canonicalBytes,
  type KeyPackageHeader,
  LIMITS,
  type MlsSuite,
  readCanonicalBytes,
  readKeyPackage,
} from '#protocol';
import { type Bytes, sha256 } from '../sealing.js';
import { credentialOf, type MlsDevice } from './devices.js';
import { MlsError, refusing } from './mls.errors.js';
import { suiteNamed } from './suites.js';

const SECRETS_LABEL = 'sealpost mls key package 1';

/** `last_resort` of the MLS extensions: the package may be used again, for want of others. */
const LAST_RESORT = 0x000a;

/** From when until when a key package lets its device in. In seconds since the epoch; at most 90 days and an hour. */
export interface Lifetime {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** A key package for others to add this device by, and what opens the Welcome then. */
export interface NewKeyPackage {
  /** As it is uploaded. */
  readonly keyPackage: Bytes;
  /** To be stored encrypted, under `welcomeRef`, until it has been used: a last resort until it has expired. */
  readonly secrets: Bytes;
  /** Its name at the relay: the SHA-256 of its bytes, in hex. */
  readonly ref: string;
  /** Its name in a Welcome (RFC 9420 §5.2), in hex. */
  readonly welcomeRef: string;
}

/** @throws never for a lifetime that is too long: whoever adds the device refuses it. */
export async function newKeyPackage(
  suite: CiphersuiteImpl,
  device: MlsDevice,
  options: Lifetime & { lastResort?: boolean },
) {
  const { notBefore, notAfter, lastResort = false } = options;
  return generateKeyPackageWithKey(
    credentialOf(device),
    {
      versions: ['mls10'],
      ciphersuites: [suite.name],
      extensions: lastResort ? [LAST_RESORT] : [],
      proposals: [],
      credentials: ['basic'],
    },
    { notBefore: BigInt(notBefore), notAfter: BigInt(notAfter) },
    lastResort ? [{ extensionType: LAST_RESORT, extensionData: new Uint8Array() }] : [],
    { publicKey: device.signatureKey, signKey: new Uint8Array() },
    suite,
  );
}

/** What is uploaded and stored of it. */
export async function exported(
  suite: CiphersuiteImpl,
  { publicPackage, privatePackage }: Awaited<ReturnType<typeof newKeyPackage>>,
): Promise<NewKeyPackage> {
  const keyPackage = new Uint8Array(encodeKeyPackage(publicPackage));
  const { initPrivateKey, hpkePrivateKey } = privatePackage;
  return {
    keyPackage,
    secrets: canonicalBytes(SECRETS_LABEL, [keyPackage, initPrivateKey, hpkePrivateKey]),
    ref: toHex(await sha256(keyPackage)),
    welcomeRef: toHex(await makeKeyPackageRef(publicPackage, suite.hash)),
  };
}

/** A key package that this device has made before. */
export interface OwnKeyPackage {
  readonly suite: MlsSuite;
  readonly header: KeyPackageHeader;
  readonly publicPackage: KeyPackage;
  readonly privatePackage: PrivateKeyPackage;
}

/** @throws {MlsError} `bad_state` */
export async function ownKeyPackage(secrets: Uint8Array): Promise<OwnKeyPackage> {
  const [keyPackage, initPrivateKey, hpkePrivateKey] = readCanonicalBytes(SECRETS_LABEL, new Uint8Array(secrets)) ?? [];
  if (!keyPackage || !initPrivateKey || !hpkePrivateKey)
    throw new MlsError('bad_state', 'No key package was stored there.');
  try {
    const { header, suite, decoded } = await foreignKeyPackage(keyPackage);
    const privatePackage = { initPrivateKey, hpkePrivateKey, signaturePrivateKey: new Uint8Array() };
    return { suite, header, publicPackage: decoded, privatePackage };
  } catch (cause) {
    throw new MlsError('bad_state', 'What was stored of a key package cannot be read.', { cause });
  }
}

/** One that somebody else has made. @throws {MlsError} `too_large`, `malformed` or `wrong_suite`; its signatures are not checked here. */
export function foreignKeyPackage(bytes: Uint8Array) {
  return refusing(() => {
    if (bytes.length > LIMITS.keyPackageBytes) throw new MlsError('too_large', 'A key package is too large.');
    const header = readKeyPackage(bytes);
    const [decoded, length] = decodeKeyPackage(bytes, 0) ?? [];
    if (decoded === undefined || length !== bytes.length) throw new MlsError('malformed', 'It is no key package.');
    checkKeyPackage(decoded);
    const suite = suiteNamed(decoded.cipherSuite);
    if (suite === undefined) throw new MlsError('wrong_suite', 'A key package has a suite that is not used here.');
    return { header, suite, decoded };
  });
}

/**
 * Nothing is agreed on that could stand in its extensions; and its leaf must say that it can what it does (RFC 9420 §7.2): ts-mls
 * asks that of those who follow a commit, and not of the one who makes it, who would be left alone with the group.
 *
 * @throws {MlsError} `malformed`
 */
export function checkKeyPackage({ version, cipherSuite, extensions, leafNode }: KeyPackage): void {
  if (leafNode.extensions.length > 0 || extensions.some(({ extensionType }) => extensionType !== LAST_RESORT))
    throw new MlsError('malformed', 'A key package has an extension that is not used here.');
  const { versions, ciphersuites, credentials } = leafNode.capabilities;
  if (!versions.includes(version) || !ciphersuites.includes(cipherSuite) || !credentials.includes('basic'))
    throw new MlsError('malformed', 'A key package has a leaf that cannot do what the group does.');
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
