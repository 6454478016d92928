export * from './durations.js';
export * from './error-codes.js';
export * from './events.js';
export * from './identifiers.js';
export * from './identity.js';
export * from './limits.js';
export * from './members-change.js';
export * from './version.js';
