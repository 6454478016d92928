import { Module } from '@nestjs/common';
import { AccountsService } from './accounts.service.js';
import { AccountsStore } from './accounts.store.js';
import { CredentialsService } from './credentials.service.js';
import { SecretHasher } from './secret-hasher.js';

@Module({
  providers: [AccountsService, AccountsStore, CredentialsService, SecretHasher],
  exports: [AccountsService, AccountsStore, CredentialsService],
})
export class AccountsModule {}
