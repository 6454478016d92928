import { mkdir } from 'node:fs/promises';
import { type BatchOperation, ClassicLevel } from 'classic-level';
import { checkedRange, checkKey, conditionsOf } from '../store/store-bounds.js';
import {
  StoreClosedError,
  StoreConflictError,
  type StoreError,
  StoreFailedError,
  StoreFullError,
  StoreInUseError,
} from '../store/store.errors.js';
import type { Batch, Expectation, Range, Row, RowPlace, Store, StoreTable } from '../store/store.js';

type Level = ClassicLevel<string, Uint8Array>;
type Change = BatchOperation<Level, string, Uint8Array>;

/** In front of each value: the version, as a 64-bit big-endian integer. */
const VERSION_BYTES = 8;

/**
 * A folder with a LevelDB database. LevelDB locks it for one process, and the system drops that lock with the process,
 * however it ends. A batch is one record of its log, checked by a checksum and flushed to disk before `write` resolves.
 */
export class NodeStore implements Store {
  /** Batches are read for and written one after another; nobody else writes, so nothing comes in between. */
  private lastWrite: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly level: Level,
    private readonly directory: string,
  ) {}

  /**
   * @param directory of this store alone; it is made if missing.
   * @throws {StoreInUseError} while another process, or this one, has it open.
   * @throws {StoreFailedError} if it cannot be read.
   */
  static async open(directory: string): Promise<NodeStore> {
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      // What is sealed cannot be compressed.
      const level: Level = new ClassicLevel(directory, { valueEncoding: 'view', compression: false });
      await level.open();
      return new NodeStore(level, directory);
    } catch (error) {
      throw storeErrorFor(error);
    }
  }

  async get(table: StoreTable, key: string): Promise<Row | undefined> {
    checkKey(key);
    // LevelDB has a row in memory, or in a block of its cache or a file: to hand that to another thread takes longer.
    const value = await this.asked((level) => Promise.resolve(level.getSync(pathOf({ table, key }))));
    return value && rowOf(key, value);
  }

  async scan(table: StoreTable, range?: Range): Promise<Row[]> {
    const { from, to, limit, reverse } = checkedRange(range);
    const bounds = { gte: pathOf({ table, key: from }), lt: pathOf({ table, key: to }), limit, reverse };
    const found = await this.asked((level) => level.iterator(bounds).all());
    return found.map(([path, value]) => rowOf(path.slice(table.length + 1), value));
  }

  async write(batch: Batch): Promise<void> {
    const conditions = conditionsOf(batch);
    const changes = [
      ...(batch.delete ?? []).map((place): Change => ({ type: 'del', key: pathOf(place) })),
      ...(batch.put ?? []).map((row): Change => ({ type: 'put', key: pathOf(row), value: storedBytes(row) })),
    ];
    const written = this.lastWrite.then(async () => {
      await this.check(conditions);
      await this.apply(changes);
    });
    this.lastWrite = written.catch(() => undefined);
    return written;
  }

  async close(): Promise<void> {
    await this.lastWrite;
    await this.level.close();
  }

  async destroy(): Promise<void> {
    await this.close();
    await ClassicLevel.destroy(this.directory);
  }

  private async check(conditions: readonly Expectation[]): Promise<void> {
    const values = await this.asked((level) => level.getMany(conditions.map(pathOf)));
    const isAsExpected = conditions.every(({ version }, index) => {
      const value = values[index];
      return version === (value === undefined ? 0 : versionOf(value));
    });
    if (!isAsExpected) throw new StoreConflictError();
  }

  /**
   * A write that fails may leave half a record in the log, and LevelDB would append the next ones behind it, where no
   * recovery finds them. So the store is closed; opened again, it has a new log.
   */
  private async apply(changes: Change[]): Promise<void> {
    try {
      await this.asked((level) => level.batch(changes, { sync: true }));
    } catch (error) {
      await this.level.close();
      throw error;
    }
  }

  private async asked<T>(question: (level: Level) => Promise<T>): Promise<T> {
    if (this.level.status !== 'open') throw new StoreClosedError();
    try {
      return await question(this.level);
    } catch (error) {
      throw storeErrorFor(error);
    }
  }
}

/** No table has a `!` in its name. */
function pathOf({ table, key }: RowPlace): string {
  return `${table}!${key}`;
}

function storedBytes({ version, value }: Row): Uint8Array {
  const stored = new Uint8Array(VERSION_BYTES + value.length);
  new DataView(stored.buffer).setBigUint64(0, BigInt(version));
  stored.set(value, VERSION_BYTES);
  return stored;
}

function versionOf(stored: Uint8Array): number {
  return Number(new DataView(stored.buffer, stored.byteOffset, VERSION_BYTES).getBigUint64(0));
}

function rowOf(key: string, stored: Uint8Array): Row {
  // A copy: the bytes may lie in a buffer that the database shares among rows.
  return { key, version: versionOf(stored), value: Uint8Array.from(stored.subarray(VERSION_BYTES)) };
}

/** What the addon throws is not always an `Error` of this realm, so it is known by its fields. */
function fieldOf(error: unknown, field: 'code' | 'cause' | 'message'): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
}

function storeErrorFor(error: unknown): StoreError {
  if (fieldOf(fieldOf(error, 'cause'), 'code') === 'LEVEL_LOCKED') return new StoreInUseError({ cause: error });
  const isFull = /no space left|file too large|quota exceeded/i.test(String(fieldOf(error, 'message')));
  return isFull ? new StoreFullError({ cause: error }) : new StoreFailedError({ cause: error });
}
