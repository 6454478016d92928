import type { VaultName } from './identifiers.js';

/** The vault's root under the password. Written once, and from then on only together with the password. */
export const VAULT_ROOT = 'root' as VaultName;
/** The same root under the recovery code. Written together with the code only. */
export const VAULT_RECOVERY_ROOT = 'root.recovery' as VaultName;
