import { newStorageSecret, StorageKey, type StorageWrapping, unwrapStorageSecret, wrapStorageSecret } from '#crypto';
import type { Codec } from './codec.js';
import { StoreLockedError } from './store.errors.js';
import type { Expectation, Range, Row, RowPlace, Store, StoreTable } from './store.js';

type SealedTable = Exclude<StoreTable, 'seals'>;

/** Where the wrapped storage key lies. It is the only row that is not sealed with that key. */
const SECRET = { table: 'seals', key: 'storage' } as const;

/** What the rows of a table are. */
export class RecordKind<T> {
  constructor(
    readonly table: SealedTable,
    readonly codec: Codec<T>,
  ) {}

  /** @param replaces the version that was read; 0 for a record that is new. */
  put(key: string, record: T, replaces = 0): SealedPut {
    return { table: this.table, key, version: replaces + 1, content: this.codec.encode(record) };
  }
}

/** Made by {@link RecordKind.put}. */
export interface SealedPut extends Expectation<SealedTable> {
  readonly content: Uint8Array<ArrayBuffer>;
}

/** As `Batch`, of records. */
export interface SealedBatch {
  readonly expect?: readonly Expectation<SealedTable>[];
  readonly put?: readonly SealedPut[];
  readonly delete?: readonly RowPlace<SealedTable>[];
}

/** Where records are read. */
export interface RecordReader {
  get<T>(kind: RecordKind<T>, key: string): Promise<StoredRecord<T> | undefined>;
  scan<T>(kind: RecordKind<T>, range?: Range): Promise<StoredRecord<T>[]>;
}

/** A record, and the version that a put has to replace. */
export interface StoredRecord<T> {
  readonly key: string;
  readonly version: number;
  readonly record: T;
}

/**
 * Records of which the disk sees their keys, sizes and versions, and nothing else. A row that was changed, moved to another
 * place, or passed off as another version is refused; that an old row was put back with its old version is not noticed.
 *
 * ```ts
 * const MESSAGES = new RecordKind('messages', compactCodec(parseMessage));
 * const CURSORS = new RecordKind('conversations', compactCodec(parseCursor));
 *
 * const store = await SealedStore.open(await NodeStore.open(directory), { accountId, deviceId, wrapKey });
 * const cursor = await store.get(CURSORS, conversationId);
 * await store.write({
 *   put: [
 *     MESSAGES.put(`${conversationId}/${sortableNumber(seq)}`, message),
 *     CURSORS.put(conversationId, { seq }, cursor?.version),
 *   ],
 * });
 * ```
 */
export class SealedStore implements RecordReader {
  private key: StorageKey | undefined;
  private readonly watchers = new Set<(batch: SealedBatch) => void>();

  private constructor(
    private readonly store: Store,
    key: StorageKey,
  ) {
    this.key = key;
  }

  /**
   * Makes the storage key at the first time.
   *
   * @throws {CryptoError} `cannot_open` if it is wrapped with another key: the password is wrong.
   */
  static async open(store: Store, wrapping: StorageWrapping): Promise<SealedStore> {
    const secret = await secretOf(store, wrapping);
    try {
      return new SealedStore(store, await StorageKey.of(secret));
    } finally {
      secret.fill(0);
    }
  }

  /**
   * Another password: only the wrapping changes.
   *
   * @throws {CryptoError} `cannot_open` if `from` is not the present wrapping.
   * @throws {StoreConflictError} if it has changed meanwhile.
   */
  static async rewrap(store: Store, from: StorageWrapping, to: StorageWrapping): Promise<void> {
    const { version = 0 } = (await store.get(SECRET.table, SECRET.key)) ?? {};
    const secret = await secretOf(store, from);
    try {
      await store.write({ put: [{ ...SECRET, version: version + 1, value: await wrapStorageSecret(secret, to) }] });
    } finally {
      secret.fill(0);
    }
  }

  /** @throws {CryptoError} `cannot_open` if the row was changed or moved. */
  async get<T>(kind: RecordKind<T>, key: string): Promise<StoredRecord<T> | undefined> {
    const storageKey = this.unlocked();
    const row = await this.store.get(kind.table, key);
    return row && recordOf(storageKey, kind, row);
  }

  /** @throws {CryptoError} `cannot_open` if a row was changed or moved. */
  async scan<T>(kind: RecordKind<T>, range?: Range): Promise<StoredRecord<T>[]> {
    const storageKey = this.unlocked();
    const rows = await this.store.scan(kind.table, range);
    return Promise.all(rows.map((row) => recordOf(storageKey, kind, row)));
  }

  /** Keys and versions alone, also of rows that cannot be opened. */
  async versions(kind: Pick<RecordKind<never>, 'table'>, range?: Range): Promise<Pick<Row, 'key' | 'version'>[]> {
    this.unlocked();
    return (await this.store.scan(kind.table, range)).map(({ key, version }) => ({ key, version }));
  }

  /**
   * As `Store.write`. All is sealed before the store is asked: a transaction of IndexedDB would not wait for it.
   *
   * @throws {StoreConflictError} if something is not as it was read.
   */
  async write({ put = [], ...others }: SealedBatch): Promise<void> {
    const storageKey = this.unlocked();
    const rows = put.map(async ({ content, ...at }) => ({ ...at, value: await storageKey.seal(content, at) }));
    await this.store.write({ ...others, put: await Promise.all(rows) });
    for (const watcher of this.watchers) watcher({ ...others, put });
  }

  /** @param watcher hears of each batch, once it is stored. @returns what ends that. */
  watch(watcher: (batch: SealedBatch) => void): () => void {
    this.watchers.add(watcher);
    return () => void this.watchers.delete(watcher);
  }

  /** {@link SealedStore.rewrap} of this store. */
  async rewrap(from: StorageWrapping, to: StorageWrapping): Promise<void> {
    await SealedStore.rewrap(this.store, from, to);
  }

  /** Drops the key from memory. Only {@link SealedStore.open} brings it back. */
  lock(): void {
    this.key = undefined;
  }

  /** Drops the key, and lets another writer open the store. */
  async close(): Promise<void> {
    this.lock();
    await this.store.close();
  }

  /** Deletes all that the store has, and closes it. */
  async destroy(): Promise<void> {
    this.lock();
    await this.store.destroy();
  }

  private unlocked(): StorageKey {
    if (this.key === undefined) throw new StoreLockedError();
    return this.key;
  }
}

async function secretOf(store: Store, wrapping: StorageWrapping): Promise<Uint8Array<ArrayBuffer>> {
  const wrapped = await store.get(SECRET.table, SECRET.key);
  if (wrapped !== undefined) return unwrapStorageSecret(wrapped.value, wrapping);
  const secret = newStorageSecret();
  await store.write({ put: [{ ...SECRET, version: 1, value: await wrapStorageSecret(secret, wrapping) }] });
  return secret;
}

async function recordOf<T>(storageKey: StorageKey, kind: RecordKind<T>, row: Row): Promise<StoredRecord<T>> {
  const { key, version, value } = row;
  const content = await storageKey.open(value, { table: kind.table, key, version });
  return { key, version, record: kind.codec.decode(content) };
}
