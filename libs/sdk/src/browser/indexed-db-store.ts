import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import { type CheckedRange, checkedRange, checkKey, conditionsOf } from '../store/store-bounds.js';
import {
  StoreClosedError,
  StoreConflictError,
  StoreError,
  StoreFailedError,
  StoreFullError,
} from '../store/store.errors.js';
import {
  type Batch,
  type Expectation,
  type Range,
  type Row,
  type Store,
  STORE_TABLES,
  type StoreTable,
} from '../store/store.js';
import { TabLock } from './tab-lock.js';

type StoredRow = Omit<Row, 'key'>;
type Schema = DBSchema & Record<StoreTable, { key: string; value: StoredRow }>;
type Database = IDBPDatabase<Schema>;

const SCHEMA_VERSION = 1;

/** A database of the browser. A batch is one transaction, of which the browser says that it is on disk. */
export class IndexedDbStore implements Store {
  readonly lost: Promise<void>;
  private isClosed = false;

  private constructor(
    private readonly database: Database,
    private readonly lock: TabLock,
  ) {
    this.lost = lock.lost.then(() => this.close());
  }

  /**
   * @param name of the database: one for each device of each account that signs in here.
   * @param options.steal takes the store over from another tab, which closes it there.
   * @throws {StoreInUseError} while another tab has it open, unless it is stolen.
   * @throws {StoreFailedError} if the browser gives no storage, as some do in private windows.
   */
  static async open(name: string, { steal = false } = {}): Promise<IndexedDbStore> {
    const lock = await TabLock.take(`sealpost store ${name}`, steal);
    try {
      const database = await openDB<Schema>(name, SCHEMA_VERSION, {
        upgrade: (upgraded) => STORE_TABLES.forEach((table) => upgraded.createObjectStore(table)),
        // Another tab deletes the database, or has a newer version of this code.
        blocking: () => lock.release(),
        terminated: () => lock.release(),
      });
      return new IndexedDbStore(database, lock);
    } catch (error) {
      lock.release();
      throw storeErrorFor(error);
    }
  }

  async get(table: StoreTable, key: string): Promise<Row | undefined> {
    checkKey(key);
    const row = await this.asked((database) => database.get(table, key));
    return row && { key, ...row };
  }

  async scan(table: StoreTable, range?: Range): Promise<Row[]> {
    const checked = checkedRange(range);
    return this.asked((database) => rowsIn(database, table, checked));
  }

  async write(batch: Batch): Promise<void> {
    const conditions = conditionsOf(batch);
    await this.asked((database) => writeAll(database, conditions, batch));
  }

  close(): Promise<void> {
    this.isClosed = true;
    // Transactions that have begun still end; those of the next writer wait for them.
    this.database.close();
    this.lock.release();
    return Promise.resolve();
  }

  async destroy(): Promise<void> {
    if (this.isClosed) throw new StoreClosedError();
    this.isClosed = true;
    this.database.close();
    try {
      await deleteDB(this.database.name);
    } catch (error) {
      throw storeErrorFor(error);
    } finally {
      this.lock.release();
    }
  }

  private async asked<T>(question: (database: Database) => Promise<T>): Promise<T> {
    if (this.isClosed) throw new StoreClosedError();
    try {
      return await question(this.database);
    } catch (error) {
      throw storeErrorFor(error);
    }
  }
}

async function rowsIn(database: Database, table: StoreTable, range: CheckedRange): Promise<Row[]> {
  const { from, to, limit, reverse } = range;
  if (from === to) return [];
  const keys = IDBKeyRange.bound(from, to, false, true);
  const { store } = database.transaction(table);
  if (!reverse) {
    const [names, rows] = await Promise.all([store.getAllKeys(keys, limit), store.getAll(keys, limit)]);
    return rows.flatMap((row, index) => ({ key: names[index] ?? '', ...row }));
  }
  const rows: Row[] = [];
  for (let cursor = await store.openCursor(keys, 'prev'); cursor !== null; cursor = await cursor.continue()) {
    rows.push({ key: cursor.key, ...cursor.value });
    if (rows.length === limit) break;
  }
  return rows;
}

/** Awaits the transaction's own requests and nothing else: at anything else it would end, with half of the batch written. */
async function writeAll(database: Database, conditions: readonly Expectation[], batch: Batch): Promise<void> {
  const { put = [], delete: deleted = [] } = batch;
  const tables = new Set([...conditions, ...deleted].map(({ table }) => table));
  if (tables.size === 0) return;
  const transaction = database.transaction([...tables], 'readwrite', { durability: 'strict' });
  const store = (table: StoreTable) => transaction.objectStore(table);
  const requests: Promise<unknown>[] = [];
  try {
    const found = await Promise.all(conditions.map(({ table, key }) => store(table).get(key)));
    if (conditions.some(({ version }, index) => version !== (found[index]?.version ?? 0)))
      throw new StoreConflictError();
    for (const { table, key } of deleted) requests.push(store(table).delete(key));
    for (const { table, key, version, value } of put) requests.push(store(table).put({ version, value }, key));
    await Promise.all([...requests, transaction.done]);
  } catch (error) {
    // Some of the requests may have been made; none of them may land.
    abort(transaction);
    await Promise.allSettled([...requests, transaction.done]);
    throw error;
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already, by the failure itself.
  }
}

function storeErrorFor(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const isFull = error instanceof Error && error.name === 'QuotaExceededError';
  return isFull ? new StoreFullError({ cause: error }) : new StoreFailedError({ cause: error });
}
