import { Module } from '@nestjs/common';
import { AccountsService } from './accounts.service.js';
import { AccountsStore } from './accounts.store.js';
import { CredentialsService } from './credentials.service.js';
import { RecoveryKeysStore } from './recovery-keys.store.js';
import { SecretHasher } from './secret-hasher.js';

@Module({
  providers: [AccountsService, AccountsStore, CredentialsService, RecoveryKeysStore, SecretHasher],
  exports: [AccountsService, AccountsStore, CredentialsService, RecoveryKeysStore, SecretHasher],
})
export class AccountsModule {}
