import type { RecordKind, RecordReader, SealedBatch, SealedPut, StoredRecord } from './sealed-store.js';
import { StoreConflictError } from './store.errors.js';
import { type Range, type RowPlace, STORE_LIMITS } from './store.js';

/** What is to stand at a place. */
interface Staged {
  readonly put: SealedPut;
  /** What the first put of it replaces in the store. */
  readonly replaces: number;
}

/**
 * Records as they will be once all that was staged is written, of which the store sees nothing before: many small changes, each of
 * which reads what those before it have made, become one batch.
 */
export class StagedRecords implements RecordReader {
  private readonly puts = new Map<string, Staged>();
  private readonly deleted = new Map<string, RowPlace<SealedPut['table']>>();

  constructor(private readonly store: RecordReader) {}

  /** @throws {StoreConflictError} if something is not as it was read; nothing of it is staged then. */
  stage({ put = [], delete: gone = [] }: Pick<SealedBatch, 'put' | 'delete'>): void {
    const staged = put.map((one) => ({ put: one, replaces: this.replacedBy(one) }));
    for (const one of staged) this.puts.set(nameOf(one.put), one);
    for (const place of gone) {
      this.puts.delete(nameOf(place));
      this.deleted.set(nameOf(place), place);
    }
  }

  /** All that was staged, each place once. */
  batch(): Required<Pick<SealedBatch, 'put' | 'delete'>> {
    const put = [...this.puts.values()].map((staged) => ({ ...staged.put, version: staged.replaces + 1 }));
    return { put, delete: [...this.deleted.values()] };
  }

  async get<T>(kind: RecordKind<T>, key: string): Promise<StoredRecord<T> | undefined> {
    const name = nameOf({ table: kind.table, key });
    if (this.deleted.has(name)) return undefined;
    const staged = this.puts.get(name);
    return staged === undefined ? this.store.get(kind, key) : recordOf(kind, staged);
  }

  async scan<T>(kind: RecordKind<T>, range: Range = {}): Promise<StoredRecord<T>[]> {
    const { limit = STORE_LIMITS.scanRows, reverse = false } = range;
    for (let rest = range; ;) {
      const stored = await this.store.scan(kind, rest);
      const last = stored.length < limit ? undefined : stored.at(-1)?.key;
      const found = this.over(kind, stored, { rest, last });
      if (found.length > 0 || last === undefined) return found.slice(0, limit);
      // All of them are deleted: that is not the end of the range.
      rest = reverse ? { ...rest, to: last } : { ...rest, from: `${last} ` };
    }
  }

  /** @param last of the rows that the store has given, if there may be more behind it: those come with the next ones. */
  private over<T>(
    kind: RecordKind<T>,
    stored: readonly StoredRecord<T>[],
    { rest, last }: { readonly rest: Range; readonly last: string | undefined },
  ): StoredRecord<T>[] {
    const { from = '', to, reverse = false } = rest;
    const isWithin = (key: string): boolean => key >= from && (to === undefined || key < to);
    const isNow = (key: string): boolean => last === undefined || (reverse ? key >= last : key <= last);
    const rows = new Map(stored.map((row) => [row.key, row]));
    for (const { table, key } of this.deleted.values()) if (table === kind.table) rows.delete(key);
    for (const staged of this.puts.values()) {
      const { table, key } = staged.put;
      if (table === kind.table && isWithin(key) && isNow(key)) rows.set(key, recordOf(kind, staged));
    }
    const inOrder = [...rows.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
    return reverse ? inOrder.reverse() : inOrder;
  }

  private replacedBy(put: SealedPut): number {
    const name = nameOf(put);
    const before = this.puts.get(name);
    // What is deleted with the batch cannot be put with it.
    if (this.deleted.has(name)) throw new StoreConflictError();
    if (before === undefined) return put.version - 1;
    if (put.version !== before.put.version + 1) throw new StoreConflictError();
    return before.replaces;
  }
}

function recordOf<T>(kind: RecordKind<T>, { put: { key, version, content } }: Staged): StoredRecord<T> {
  return { key, version, record: kind.codec.decode(content) };
}

/** No table has a `!` in its name. */
function nameOf({ table, key }: RowPlace): string {
  return `${table}!${key}`;
}
