import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { MfaModule } from '../mfa/index.js';
import { KeysController } from './keys.controller.js';
import { KeysService } from './keys.service.js';
import { KeysStore } from './keys.store.js';

@Module({
  imports: [AccountsModule, MfaModule],
  controllers: [KeysController],
  providers: [KeysService, KeysStore],
  exports: [KeysStore],
})
export class KeysModule {}
