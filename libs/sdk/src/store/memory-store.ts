import { checkedRange, checkKey, conditionsOf } from './store-bounds.js';
import { StoreClosedError, StoreConflictError, StoreInUseError } from './store.errors.js';
import { type Batch, type Range, type Row, type Store, STORE_TABLES, type StoreTable } from './store.js';

type Rows = Map<string, Omit<Row, 'key'>>;

/** What outlives a {@link MemoryStore}, as a disk would. */
export class MemoryDisk {
  readonly tables = new Map<StoreTable, Rows>(STORE_TABLES.map((table) => [table, new Map()]));
  isInUse = false;
}

/** Keeps everything until the process ends: for tests, and for who wants nothing kept. */
export class MemoryStore implements Store {
  private isClosed = false;

  private constructor(private readonly disk: MemoryDisk) {}

  /** @throws {StoreInUseError} while another store has the disk open. */
  static open(disk = new MemoryDisk()): Promise<MemoryStore> {
    if (disk.isInUse) return Promise.reject(new StoreInUseError());
    disk.isInUse = true;
    return Promise.resolve(new MemoryStore(disk));
  }

  // Asynchronous, so that what is thrown arrives as it does from a database.
  // eslint-disable-next-line @typescript-eslint/require-await
  async get(table: StoreTable, key: string): Promise<Row | undefined> {
    checkKey(key);
    return this.rowAt(this.rows(table), key);
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async scan(table: StoreTable, range?: Range): Promise<Row[]> {
    const { from, to, limit, reverse } = checkedRange(range);
    const rows = this.rows(table);
    const keys = [...rows.keys()].filter((key) => key >= from && key < to).sort();
    if (reverse) keys.reverse();
    return keys.slice(0, limit).flatMap((key) => this.rowAt(rows, key) ?? []);
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async write(batch: Batch): Promise<void> {
    const conditions = conditionsOf(batch);
    for (const { table, key, version } of conditions)
      if ((this.rows(table).get(key)?.version ?? 0) !== version) throw new StoreConflictError();
    for (const { table, key } of batch.delete ?? []) this.rows(table).delete(key);
    for (const { table, key, version, value } of batch.put ?? [])
      this.rows(table).set(key, { version, value: value.slice() });
  }

  close(): Promise<void> {
    if (!this.isClosed) this.disk.isInUse = false;
    this.isClosed = true;
    return Promise.resolve();
  }

  async destroy(): Promise<void> {
    for (const table of STORE_TABLES) this.rows(table).clear();
    await this.close();
  }

  private rows(table: StoreTable): Rows {
    const rows = this.disk.tables.get(table);
    if (this.isClosed || rows === undefined) throw new StoreClosedError();
    return rows;
  }

  private rowAt(rows: Rows, key: string): Row | undefined {
    const row = rows.get(key);
    return row && { key, version: row.version, value: row.value.slice() };
  }
}
