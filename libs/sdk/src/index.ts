export { type Codec, compactCodec } from './store/codec.js';
export { MemoryDisk, MemoryStore } from './store/memory-store.js';
export { RecordKind, type SealedBatch, type SealedPut, SealedStore, type StoredRecord } from './store/sealed-store.js';
export {
  StoreBoundsError,
  StoreClosedError,
  StoreConflictError,
  StoreError,
  type StoreErrorCode,
  StoreFailedError,
  StoreFullError,
  StoreInUseError,
  StoreLockedError,
} from './store/store.errors.js';
export {
  type Batch,
  everyRow,
  type Expectation,
  type Put,
  type Range,
  type Row,
  type RowPlace,
  sortableNumber,
  startingWith,
  type Store,
  STORE_LIMITS,
  STORE_TABLES,
  type StoreTable,
} from './store/store.js';
