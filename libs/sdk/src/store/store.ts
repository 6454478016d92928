/** What a device keeps, by kind. The layers above decide what a row of each means. */
export const STORE_TABLES = [
  'account',
  'groups',
  'conversations',
  'messages',
  'outbox',
  'keyPackages',
  'peers',
  'settings',
  /** The wrapped storage key; {@link SealedStore} gives no access to it. */
  'seals',
] as const;

/** One of {@link STORE_TABLES}. */
export type StoreTable = (typeof STORE_TABLES)[number];

/** Bounds of what a store takes and gives. */
export const STORE_LIMITS = {
  keyChars: 256,
  /** The state of a group of 200 devices is a little over 1 MiB. */
  valueBytes: 8 * 1024 * 1024,
  /** Of one batch, over puts, deletes and expectations. */
  batchRows: 10_000,
  batchBytes: 64 * 1024 * 1024,
  /** Of one answer to `scan`. */
  scanRows: 1_000,
} as const;

/** Where a row is. Keys are printable ASCII: all stores order these alike. */
export interface RowPlace<Table extends StoreTable = StoreTable> {
  readonly table: Table;
  readonly key: string;
}

/** A place and what is to stand there: a version, or 0 for nothing. */
export interface Expectation<Table extends StoreTable = StoreTable> extends RowPlace<Table> {
  readonly version: number;
}

/** A value, and where it lies. */
export interface Row {
  readonly key: string;
  /** 1 for a row that is new, and one more with each put. */
  readonly version: number;
  readonly value: Uint8Array<ArrayBuffer>;
}

/** A row as it will be. It replaces the version before its own and nothing else, so no writer undoes another's work. */
export interface Put extends Row {
  readonly table: StoreTable;
}

/** What is written at once. */
export interface Batch {
  /** What else must stand as it was read. */
  readonly expect?: readonly Expectation[];
  readonly put?: readonly Put[];
  /** A row that is not there is deleted already. */
  readonly delete?: readonly RowPlace[];
}

/** Rows in the order of their keys. */
export interface Range {
  /** The first key of the range. */
  readonly from?: string;
  /** The first key beyond the range. */
  readonly to?: string;
  /** `STORE_LIMITS.scanRows` if left out, and no more than that. */
  readonly limit?: number;
  /** From the end of the range backwards. */
  readonly reverse?: boolean;
}

/**
 * Rows of bytes on one device, with one writer. There is no transaction to hold open: IndexedDB ends its own as soon as
 * anything else is awaited, so a writer reads, thinks, and writes all at once, on condition that what it read still stands.
 *
 * Every method throws `StoreClosedError` after `close`, and once another writer has taken the store over.
 */
export interface Store {
  /** Resolves when another writer has taken it over, or it was closed; not there if nobody can take it over. */
  readonly lost?: Promise<void>;

  /** The row of a key; undefined if there is none. */
  get(table: StoreTable, key: string): Promise<Row | undefined>;

  /** The rows of a range, in the order of their keys. */
  scan(table: StoreTable, range?: Range): Promise<Row[]>;

  /**
   * Lands whole or not at all, and is on disk when it resolves.
   *
   * @throws {StoreConflictError} if a row is not as expected, or is not of the version before a put.
   * @throws {StoreFullError} if the device has no room.
   * @throws {StoreBoundsError} if the batch is out of bounds, or names a place twice.
   */
  write(batch: Batch): Promise<void>;

  /** Another writer may open the store afterwards. */
  close(): Promise<void>;

  /** Deletes all that the store has, and closes it. */
  destroy(): Promise<void>;
}

/** The range of all keys that begin so. */
export function startingWith(prefix: string): Range {
  return { from: prefix, to: `${prefix}${AFTER_ALL_KEYS}` };
}

/**
 * All rows of a range, of which one `scan` gives so many:
 * `for await (const row of everyRow((range) => store.scan('messages', range)))`. What is written meanwhile may be among them.
 */
export async function* everyRow<T extends { readonly key: string }>(
  scan: (range: Range) => Promise<readonly T[]>,
  range: Range = {},
): AsyncGenerator<T> {
  for (let rest = range; ;) {
    const rows = await scan(rest);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    // A space is the least character that a key may have.
    rest = range.reverse === true ? { ...rest, to: last.key } : { ...rest, from: `${last.key} ` };
  }
}

/** Comes after every character that a key may have. */
export const AFTER_ALL_KEYS = '\u007f';

/** A whole number as a part of a key, so that keys are in its order. */
export function sortableNumber(whole: number): string {
  return String(whole).padStart(String(Number.MAX_SAFE_INTEGER).length, '0');
}
