export { fileOf } from './blob-file.js';
export { connectWorker, type WorkerOptions } from './connect-worker.js';
export { IndexedDbStore } from './indexed-db-store.js';
export { keepStorage } from './keep-storage.js';
export type { WorkerSealpost } from '../worker/remote.js';
export { WorkerEndedError } from '../worker/worker.errors.js';
