import { Module } from '@nestjs/common';
import { MfaModule } from '../mfa/index.js';
import { AdminRights } from './admin-rights.service.js';
import { AdminsStore } from './admins.store.js';

@Module({
  imports: [MfaModule],
  providers: [AdminRights, AdminsStore],
  exports: [AdminRights, AdminsStore],
})
export class AdminModule {}
