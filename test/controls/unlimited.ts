import { LIMIT_IDS } from '../../apps/relay/src/platform/limits/limit-table.js';

/** Limits that nobody runs into: they would spare the relay most of what it is to be asked. */
export const UNLIMITED = {
  LIMITS: LIMIT_IDS.map((id) => `${id}=1000000/1`).join(','),
  QUOTAS: 'socketsPerAddress=1000,socketsPerAccount=1000',
} as const;
