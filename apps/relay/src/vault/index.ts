export { VaultModule } from './vault.module.js';
export { VaultStore } from './vault.store.js';
export { VaultItemEntity } from './vault-item.entity.js';
export type { RootReplacement } from './vault-item.js';
