/** Events a client may send over Socket.IO; each is acknowledged with `{ok: true, …}` or `{ok: false, error}`. */
export const CLIENT_EVENTS = ['message:send', 'receipt:update', 'sync', 'typing', 'auth:renew'] as const;
export type ClientEvent = (typeof CLIENT_EVENTS)[number];

/** Events the relay sends. Pushes only accelerate: a client that misses one finds it by `sync`. */
export const SERVER_EVENTS = [
  'ready',
  'entry',
  'receipt',
  'account:changed',
  'typing',
  'welcome',
  'keyPackages:low',
  'announcements',
  'resync',
  'session:revoked',
] as const;
export type ServerEvent = (typeof SERVER_EVENTS)[number];

/** What changed outside the logs; `subject` of each is stated in docs/protocol.md. */
export const ACCOUNT_CHANGES = [
  'profile',
  'identity',
  'devices',
  'device_list',
  'contacts',
  'mfa',
  'conversation',
  'receipts',
  'vault',
  'welcomes',
] as const;
export type AccountChange = (typeof ACCOUNT_CHANGES)[number];
