import { StoreBoundsError } from './store.errors.js';
import { AFTER_ALL_KEYS, type Batch, type Expectation, type Range, STORE_LIMITS, type StoreTable } from './store.js';

const KEY = new RegExp(`^[ -~]{1,${STORE_LIMITS.keyChars}}$`);
const END_OF_RANGE = new RegExp(`^[ -${AFTER_ALL_KEYS}]{0,${STORE_LIMITS.keyChars + 1}}$`);

/** @throws {StoreBoundsError} */
export function checkKey(key: string): void {
  if (!KEY.test(key)) throw new StoreBoundsError('A key is 1 to 256 printable ASCII characters.');
}

/** A range whose bounds are in order. */
export interface CheckedRange {
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  readonly reverse: boolean;
}

/** @throws {StoreBoundsError} */
export function checkedRange(range: Range = {}): CheckedRange {
  const { from = '', to = AFTER_ALL_KEYS, limit = STORE_LIMITS.scanRows, reverse = false } = range;
  if (!END_OF_RANGE.test(from) || !END_OF_RANGE.test(to))
    throw new StoreBoundsError('A range ends at printable ASCII characters.');
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > STORE_LIMITS.scanRows)
    throw new StoreBoundsError(`A scan takes 1 to ${STORE_LIMITS.scanRows} rows.`);
  // An empty range is one to a database that throws at an upside-down one, too.
  return { from, to: to < from ? from : to, limit, reverse };
}

/**
 * All that must stand for a batch to be written: what it expects, and before each put the version before.
 *
 * @throws {StoreBoundsError}
 */
export function conditionsOf({ expect = [], put = [], delete: deleted = [] }: Batch): Expectation[] {
  if (expect.length + put.length + deleted.length > STORE_LIMITS.batchRows)
    throw new StoreBoundsError(`A batch has up to ${STORE_LIMITS.batchRows} rows.`);
  checkValues(put.map(({ value }) => value.length));
  checkPlaces([...put, ...deleted]);
  checkPlaces(expect);
  const conditions = [...expect, ...put.map(({ table, key, version }) => ({ table, key, version: version - 1 }))];
  if (!conditions.every(({ version }) => Number.isSafeInteger(version) && version >= 0))
    throw new StoreBoundsError('Versions are counted from 1.');
  return conditions;
}

function checkValues(lengths: readonly number[]): void {
  if (lengths.some((length) => length > STORE_LIMITS.valueBytes))
    throw new StoreBoundsError(`A value has up to ${STORE_LIMITS.valueBytes} bytes.`);
  if (lengths.reduce((sum, length) => sum + length, 0) > STORE_LIMITS.batchBytes)
    throw new StoreBoundsError(`A batch has up to ${STORE_LIMITS.batchBytes} bytes.`);
}

function checkPlaces(places: readonly { readonly table: StoreTable; readonly key: string }[]): void {
  for (const { key } of places) checkKey(key);
  if (new Set(places.map(({ table, key }) => `${table}!${key}`)).size < places.length)
    throw new StoreBoundsError('A batch names a row once.');
}
