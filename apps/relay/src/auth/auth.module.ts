import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AccountsModule } from '../accounts/index.js';
import { AdminModule } from '../admin/index.js';
import { ConversationsModule } from '../conversations/index.js';
import { DevicesModule } from '../devices/index.js';
import { MfaModule } from '../mfa/index.js';
import { CONFIG } from '../platform/config/config.js';
import { LimitsGuard } from '../platform/limits/limits.guard.js';
import { LimitsModule } from '../platform/limits/limits.module.js';
import { RegistrationModule } from '../registration/index.js';
import { SessionsModule } from '../sessions/index.js';
import { VaultModule } from '../vault/index.js';
import { AccessGuard } from './access.guard.js';
import { accessTokenOptions } from './access-token-options.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import { AccessTokens } from './access-tokens.service.js';
import { AccountRemoval } from './account-removal.service.js';
import { AccountRemovalStore } from './account-removal.store.js';
import { AdminGuard } from './admin.guard.js';
import { AuthController } from './auth.controller.js';
import { DueDeletions } from './due-deletions.service.js';
import { KdfService } from './kdf.service.js';
import { OwnAccountController } from './own-account.controller.js';
import { OwnAccountService } from './own-account.service.js';
import { OwnAccountStore } from './own-account.store.js';
import { PasskeySignInService } from './passkey-sign-in.service.js';
import { RecoveryController } from './recovery.controller.js';
import { RecoveryService } from './recovery.service.js';
import { RecoveryStore } from './recovery.store.js';
import { RefreshCookie } from './refresh-cookie.js';
import { ScrapeToken } from './scrape-token.js';
import { SecondStep } from './second-step.service.js';
import { SecondStepController } from './second-step.controller.js';
import { SessionsController } from './sessions.controller.js';
import { SignInService } from './sign-in.service.js';
import { SignInStore } from './sign-in.store.js';

@Module({
  imports: [
    AccountsModule,
    AdminModule,
    ConversationsModule,
    DevicesModule,
    MfaModule,
    RegistrationModule,
    SessionsModule,
    VaultModule,
    LimitsModule,
    JwtModule.registerAsync({ inject: [CONFIG], useFactory: accessTokenOptions }),
  ],
  controllers: [AuthController, OwnAccountController, RecoveryController, SecondStepController, SessionsController],
  providers: [
    AccessTokens,
    AccessTokenStrategy,
    AccountRemoval,
    AccountRemovalStore,
    DueDeletions,
    KdfService,
    PasskeySignInService,
    SecondStep,
    OwnAccountService,
    OwnAccountStore,
    RecoveryService,
    RecoveryStore,
    RefreshCookie,
    ScrapeToken,
    SignInService,
    SignInStore,
    // In this order: who calls decides by what the limits count, and those come before what is asked of an admin.
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: LimitsGuard },
    { provide: APP_GUARD, useClass: AdminGuard },
  ],
  exports: [AccessTokens],
})
export class AuthModule {}
