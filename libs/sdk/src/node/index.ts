export { NodeStore } from './node-store.js';
