import { randomBytes } from 'node:crypto';
import { type DeviceIdentity, deviceIdentityBytes } from '#protocol';
import { TlsWriter } from './tls-writer.js';

const MLS_1_0 = 1;
const BASIC_CREDENTIAL = 1;
/** X-Wing with AES-256-GCM, SHA-512 and Ed25519: the default. */
const X_WING = 83;
const X_WING_KEY_BYTES = 1216;
const SIGNATURE_BYTES = 64;

/** What a leaf of a tree says (RFC 9420 §7.2). Nobody who sees it without the group checks its signature, so it has none. */
export interface LeafDraft {
  readonly identity: DeviceIdentity;
  /** Raw Ed25519. */
  readonly signatureKey: Uint8Array;
  /** Where it comes from; of a commit, unless stated. */
  readonly source?: LeafSource;
  readonly suite?: number;
  /** A random one, unless stated. */
  readonly encryptionKey?: Uint8Array;
}

export type LeafSource =
  | { readonly kind: 'keyPackage'; readonly notBefore: bigint; readonly notAfter: bigint }
  | { readonly kind: 'update' }
  | { readonly kind: 'commit'; readonly parentHash?: Uint8Array };

/** `LeafNode`. */
export function leafNodeBytes(draft: LeafDraft): Buffer {
  const { identity, signatureKey, source = { kind: 'commit' }, suite = X_WING } = draft;
  const writer = new TlsWriter()
    .opaque(draft.encryptionKey ?? randomBytes(X_WING_KEY_BYTES))
    .opaque(signatureKey)
    .uint16(BASIC_CREDENTIAL)
    .opaque(deviceIdentityBytes(identity));
  // Capabilities: versions, cipher suites, extensions, proposals, credentials.
  for (const list of [[MLS_1_0], [suite], [], [], [BASIC_CREDENTIAL]])
    writer.vector(list, (into, value) => into.uint16(value));
  return writeSource(writer, source)
    .vector([], () => undefined)
    .opaque(Buffer.alloc(SIGNATURE_BYTES, 1))
    .bytes();
}

export interface KeyPackageDraft extends Omit<LeafDraft, 'source'> {
  /** Seconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** A random one, unless stated: no two key packages are the same. */
  readonly initKey?: Uint8Array;
}

/** `KeyPackage` (RFC 9420 §10), of the form and the size of a real one, with a signature that does not hold. */
export function keyPackageBytes({ notBefore, notAfter, initKey, ...leaf }: KeyPackageDraft): Buffer {
  const source = { kind: 'keyPackage', notBefore: BigInt(notBefore), notAfter: BigInt(notAfter) } as const;
  return new TlsWriter()
    .uint16(MLS_1_0)
    .uint16(leaf.suite ?? X_WING)
    .opaque(initKey ?? randomBytes(X_WING_KEY_BYTES))
    .raw(leafNodeBytes({ ...leaf, source }))
    .vector([], () => undefined)
    .opaque(Buffer.alloc(SIGNATURE_BYTES, 2))
    .bytes();
}

function writeSource(writer: TlsWriter, source: LeafSource): TlsWriter {
  switch (source.kind) {
    case 'keyPackage':
      return writer.uint8(1).uint64(source.notBefore).uint64(source.notAfter);
    case 'update':
      return writer.uint8(2);
    case 'commit':
      return writer.uint8(3).opaque(source.parentHash ?? new Uint8Array());
  }
}
