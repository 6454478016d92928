import { type DeviceIdentity, readDeviceIdentity } from './mls-names.js';
import { MalformedMlsError, TlsReader } from './tls-reader.js';

/** What the relay and the other clients must know of a key package (RFC 9420 §10). No signature has been checked. */
export interface KeyPackageHeader {
  /** As registered with IANA, or as agreed on. */
  readonly suite: number;
  readonly leaf: LeafHeader;
  /** Seconds since the epoch. */
  readonly notBefore: bigint;
  readonly notAfter: bigint;
}

/** What stands in a leaf (RFC 9420 §7.2) about whose it is. */
export interface LeafHeader {
  readonly identity: DeviceIdentity;
  /** Raw Ed25519. */
  readonly signatureKey: Uint8Array;
}

const MLS_1_0 = 1;
/** Of each kind that a leaf says it is capable of, and of extensions: what is read later need not be quick with more. */
const MAX_LISTED = 32;
const BASIC_CREDENTIAL = 1;
const SOURCE = { keyPackage: 1, update: 2, commit: 3 } as const;

/** @throws MalformedMlsError */
export function readKeyPackage(bytes: Uint8Array): KeyPackageHeader {
  const reader = new TlsReader(bytes);
  const header = keyPackage(reader);
  reader.end();
  return header;
}

/** A key package within something larger. */
export function keyPackage(reader: TlsReader): KeyPackageHeader {
  if (reader.uint16() !== MLS_1_0) throw new MalformedMlsError('a key package has another version');
  const suite = reader.uint16();
  reader.opaque();
  const { lifetime, ...leaf } = leafNode(reader);
  if (lifetime === undefined) throw new MalformedMlsError('the leaf of a key package has no lifetime');
  few(reader.vector(extension));
  reader.opaque();
  return { suite, leaf, ...lifetime };
}

interface Lifetime {
  readonly notBefore: bigint;
  readonly notAfter: bigint;
}

/** A leaf within something larger; only one that comes from a key package has a lifetime. */
export function leafNode(reader: TlsReader): LeafHeader & { readonly lifetime: Lifetime | undefined } {
  reader.opaque();
  const signatureKey = reader.opaque();
  if (reader.uint16() !== BASIC_CREDENTIAL) throw new MalformedMlsError('a credential is not a basic one');
  const identity = readDeviceIdentity(reader.opaque());
  if (identity === undefined) throw new MalformedMlsError('a credential names no device');
  // Capabilities: versions, cipher suites, extensions, proposals, credentials.
  for (let lists = 5; lists > 0; lists--) few(reader.vector((list) => list.uint16()));
  const lifetime = leafSource(reader);
  few(reader.vector(extension));
  reader.opaque();
  return { identity, signatureKey, lifetime };
}

function leafSource(reader: TlsReader): Lifetime | undefined {
  switch (reader.uint8()) {
    case SOURCE.keyPackage:
      return { notBefore: reader.uint64(), notAfter: reader.uint64() };
    case SOURCE.commit:
      reader.opaque();
      return undefined;
    case SOURCE.update:
      return undefined;
    default:
      throw new MalformedMlsError('a leaf has an unknown source');
  }
}

function few(listed: readonly unknown[]): void {
  if (listed.length > MAX_LISTED) throw new MalformedMlsError('a list in a leaf or key package is too long');
}

/** `Extension`: passed over. */
export function extension(reader: TlsReader): void {
  reader.uint16();
  reader.opaque();
}
