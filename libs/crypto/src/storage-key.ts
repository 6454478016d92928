import { canonicalBytes } from '#protocol';
import { cannotOpen } from './crypto.errors.js';
import {
  type Bytes,
  type Context,
  deriveGcmKey,
  type ImportedKey,
  importSecret,
  KEY_BYTES,
  open,
  openUnder,
  seal,
  sealUnder,
} from './sealing.js';

/** What all that a device keeps is sealed with. Random, so that a new password needs only a new wrapping. */
export function newStorageSecret(): Bytes {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

/** Whose device it is, and with which key its secret is wrapped. */
export interface StorageWrapping {
  readonly accountId: string;
  readonly deviceId: string;
  readonly wrapKey: Bytes;
}

/** The secret as it may lie on the device's disk. */
export async function wrapStorageSecret(secret: Bytes, wrapping: StorageWrapping): Promise<Bytes> {
  return seal(secret, wrappingContext(wrapping));
}

/** @throws {CryptoError} `cannot_open`: alike for a wrong password, another account or device, and changed bytes. */
export async function unwrapStorageSecret(wrapped: Bytes, wrapping: StorageWrapping): Promise<Bytes> {
  const secret = await open(wrapped, wrappingContext(wrapping));
  if (secret.length !== KEY_BYTES) throw cannotOpen();
  return secret;
}

/** Where a row lies, and which of its versions it is: moved to another place, or passed off as another version, it does not open. */
export interface StoredAt {
  readonly table: string;
  readonly key: string;
  readonly version: number;
}

/**
 * Seals rows, with a key of its own for each table. The keys cannot be read out of it, not even by a script in the page.
 * Nonces are random: fit for 2^32 rows of a table (NIST SP 800-38D §8.3), which is one a second for 136 years.
 */
export class StorageKey {
  private readonly tableKeys = new Map<string, Promise<ImportedKey>>();

  private constructor(private readonly secret: ImportedKey) {}

  /** @param secret is not needed any more afterwards: overwrite it. */
  static async of(secret: Bytes): Promise<StorageKey> {
    return new StorageKey(await importSecret(secret));
  }

  async seal(content: Bytes, at: StoredAt): Promise<Bytes> {
    return sealUnder(await this.keyOf(at.table), content, placeBytes(at));
  }

  /** @throws {CryptoError} `cannot_open`: alike for another key, another place or version, and changed bytes. */
  async open(sealed: Bytes, at: StoredAt): Promise<Bytes> {
    return openUnder(await this.keyOf(at.table), sealed, placeBytes(at));
  }

  private keyOf(table: string): Promise<ImportedKey> {
    const known = this.tableKeys.get(table);
    if (known !== undefined) return known;
    const derived = deriveGcmKey(this.secret, canonicalBytes('sealpost stored table 1', [table]));
    this.tableKeys.set(table, derived);
    return derived;
  }
}

function wrappingContext({ accountId, deviceId, wrapKey }: StorageWrapping): Context {
  return { key: wrapKey, additionalData: canonicalBytes('sealpost storage secret 1', [accountId, deviceId]) };
}

function placeBytes({ table, key, version }: StoredAt): Bytes {
  return canonicalBytes('sealpost stored row 1', [table, key, version]);
}
