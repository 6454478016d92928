export { AccountEntity } from './account.entity.js';
export { AccountsModule } from './accounts.module.js';
export { AccountsService, type Asker } from './accounts.service.js';
export { type Account, AccountsStore, type Credentials, type Privacy } from './accounts.store.js';
export { InvalidCredentials } from './credentials.errors.js';
export { CredentialsService } from './credentials.service.js';
export { kdfWithSalt } from './kdf.js';
export { SecretHasher } from './secret-hasher.js';
export { type RecoveryKey, RecoveryKeysStore } from './recovery-keys.store.js';
