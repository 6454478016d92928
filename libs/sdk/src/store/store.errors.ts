import { SdkError, type StoreErrorCode } from '../sdk.errors.js';

/** No message of these has a key or a value in it: they end up in logs. */
export abstract class StoreError extends SdkError {
  abstract override readonly code: StoreErrorCode;
}

/** Something else was written since it was read. Read again and decide again; nothing of the batch has been written. */
export class StoreConflictError extends StoreError {
  override readonly name = 'StoreConflictError';
  readonly code = 'store_conflict';

  constructor() {
    super('A row is not as it was read.');
  }
}

/** Another tab or process has the store open: a device has one writer. */
export class StoreInUseError extends StoreError {
  override readonly name = 'StoreInUseError';
  readonly code = 'store_in_use';

  constructor(options?: ErrorOptions) {
    super('Another tab or process has this store open.', options);
  }
}

/** It was closed here, or another writer took it over. What is in memory may be old: open and read again. */
export class StoreClosedError extends StoreError {
  override readonly name = 'StoreClosedError';
  readonly code = 'store_closed';

  constructor() {
    super('The store is closed.');
  }
}

/** The device has no room left, or the browser grants no more. Nothing of the batch has been written. */
export class StoreFullError extends StoreError {
  override readonly name = 'StoreFullError';
  readonly code = 'store_full';

  constructor(options?: ErrorOptions) {
    super('There is no room to store this.', options);
  }
}

/** The storage key is not in memory: `SealedStore.open` brings it back. */
export class StoreLockedError extends StoreError {
  override readonly name = 'StoreLockedError';
  readonly code = 'store_locked';

  constructor() {
    super('The store is locked.');
  }
}

/** Too long, too many, or not the form of a key: a mistake of the caller, who has not looked at `STORE_LIMITS`. */
export class StoreBoundsError extends StoreError {
  override readonly name = 'StoreBoundsError';
  readonly code = 'store_out_of_bounds';
}

/** The database failed. Whether a batch has been written is not known unless it is read. */
export class StoreFailedError extends StoreError {
  override readonly name = 'StoreFailedError';
  readonly code = 'store_failed';

  constructor(options?: ErrorOptions) {
    super('The store failed.', options);
  }
}
