import { IDENTITY_ALGORITHMS, type IdentityAlgorithm } from '#protocol';
import { compactCodec } from '../store/codec.js';
import { RecordKind } from '../store/sealed-store.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** An identity key that was seen, with the link that brought it. */
export interface PinnedKey {
  readonly algorithm: IdentityAlgorithm;
  readonly publicKey: Bytes;
  readonly prevHash: Bytes;
  readonly signature: Bytes | null;
  /** SHA-256 of the public key, in hex. */
  readonly fingerprint: string;
}

/** A device as a list vouches for it. */
export interface PeerDevice {
  readonly deviceId: string;
  /** Raw Ed25519. */
  readonly mlsSigningKey: Bytes;
}

/** A device that was believed at some time. */
export interface SeenDevice extends PeerDevice {
  /** The version of the identity key that signed the newest list it was on. */
  readonly keyVersion: number;
}

/** What is pinned of one account. */
export interface PeerRecord {
  readonly username: string;
  /** Version 1 first. Empty for a contact whose verification came from another own device before it was ever seen here. */
  readonly keys: readonly PinnedKey[];
  /** The newest list that was seen, as it was signed; null before the first. */
  readonly list: Bytes | null;
  /** The fingerprint that the user has verified; null if none. */
  readonly verified: string | null;
  /** The newest version of the key that the user has decided about; 0 if none. */
  readonly decidedVersion: number;
  /** When they have, in milliseconds since the epoch; 0 if never. */
  readonly decidedAtMs: number;
  /** By which devices are judged: the newest of all, unless the user has to decide about a changed key. */
  readonly believed: { readonly keyVersion: number; readonly list: Bytes | null };
  /** All devices that have ever been believed, the latest last. */
  readonly seen: readonly SeenDevice[];
}

/** By account id. */
export const PEERS = new RecordKind('peers', compactCodec(parsePeer));

type Fields = Readonly<Record<string, unknown>>;

/** @throws for what is no record of this version. */
function parsePeer(stored: unknown): PeerRecord {
  const { username, keys, list, verified, decidedVersion, decidedAtMs = 0, believed, seen } = fields(stored);
  const { keyVersion, list: believedList } = fields(believed);
  return {
    username: text(username),
    keys: many(keys).map(parseKey),
    list: orNull(list, bytes),
    verified: orNull(verified, text),
    decidedVersion: whole(decidedVersion),
    decidedAtMs: whole(decidedAtMs),
    believed: { keyVersion: whole(keyVersion), list: orNull(believedList, bytes) },
    seen: many(seen).map(parseSeen),
  };
}

function parseKey(stored: unknown): PinnedKey {
  const { algorithm, publicKey, prevHash, signature, fingerprint } = fields(stored);
  const known = IDENTITY_ALGORITHMS.find((one) => one === algorithm);
  if (known === undefined) throw notARecord();
  return {
    algorithm: known,
    publicKey: bytes(publicKey),
    prevHash: bytes(prevHash),
    signature: orNull(signature, bytes),
    fingerprint: text(fingerprint),
  };
}

function parseSeen(stored: unknown): SeenDevice {
  const { deviceId, mlsSigningKey, keyVersion } = fields(stored);
  return { deviceId: text(deviceId), mlsSigningKey: bytes(mlsSigningKey), keyVersion: whole(keyVersion) };
}

function fields(stored: unknown): Fields {
  if (typeof stored !== 'object' || stored === null) throw notARecord();
  return { ...stored };
}

function many(stored: unknown): readonly unknown[] {
  if (!Array.isArray(stored)) throw notARecord();
  return stored;
}

function text(stored: unknown): string {
  if (typeof stored !== 'string') throw notARecord();
  return stored;
}

function whole(stored: unknown): number {
  if (typeof stored !== 'number' || !Number.isSafeInteger(stored) || stored < 0) throw notARecord();
  return stored;
}

function bytes(stored: unknown): Bytes {
  if (!(stored instanceof Uint8Array)) throw notARecord();
  return new Uint8Array(stored);
}

function orNull<T>(stored: unknown, parse: (stored: unknown) => T): T | null {
  return stored === null ? null : parse(stored);
}

function notARecord(): Error {
  return new Error('What is stored of a peer cannot be read.');
}
