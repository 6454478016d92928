export { IndexedDbStore } from './indexed-db-store.js';
export { keepStorage } from './keep-storage.js';
