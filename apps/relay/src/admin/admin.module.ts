import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { MfaModule } from '../mfa/index.js';
import { SessionsModule } from '../sessions/index.js';
import { AdminActsStore } from './admin-acts.store.js';
import { AdminRights } from './admin-rights.service.js';
import { AdminUsersController } from './admin-users.controller.js';
import { AdminUsersService } from './admin-users.service.js';
import { AdminUsersStore } from './admin-users.store.js';
import { AdminsStore } from './admins.store.js';
import { MfaResetSweepService } from './mfa-reset-sweep.service.js';
import { MfaResetsController } from './mfa-resets.controller.js';
import { MfaResetsService } from './mfa-resets.service.js';
import { MfaResetsStore } from './mfa-resets.store.js';

@Module({
  imports: [AccountsModule, MfaModule, SessionsModule],
  controllers: [AdminUsersController, MfaResetsController],
  providers: [
    AdminActsStore,
    AdminRights,
    AdminUsersService,
    AdminUsersStore,
    AdminsStore,
    MfaResetSweepService,
    MfaResetsService,
    MfaResetsStore,
  ],
  exports: [AdminRights, AdminUsersService, AdminsStore, MfaResetsStore],
})
export class AdminModule {}
