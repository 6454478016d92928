export { fileAt } from './file-at.js';
export { NodeStore } from './node-store.js';
