import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { ChallengesService } from './challenges.service.js';
import { ChallengesStore } from './challenges.store.js';
import { FactorsService } from './factors.service.js';
import { FactorsStore } from './factors.store.js';
import { MfaController } from './mfa.controller.js';
import { MfaSweepService } from './mfa-sweep.service.js';
import { PasskeysService } from './passkeys.service.js';
import { ProofsService } from './proofs.service.js';
import { RecoveryCodesService } from './recovery-codes.service.js';
import { RecoveryCodesStore } from './recovery-codes.store.js';
import { ShownFactorsStore } from './shown-factors.store.js';
import { StepUp } from './step-up.service.js';
import { TrustedDevicesStore } from './trusted-devices.store.js';

@Module({
  imports: [AccountsModule],
  controllers: [MfaController],
  providers: [
    ChallengesService,
    ChallengesStore,
    FactorsService,
    FactorsStore,
    MfaSweepService,
    PasskeysService,
    ProofsService,
    RecoveryCodesService,
    RecoveryCodesStore,
    ShownFactorsStore,
    StepUp,
    TrustedDevicesStore,
  ],
  exports: [ChallengesService, FactorsStore, ProofsService, ShownFactorsStore, StepUp, TrustedDevicesStore],
})
export class MfaModule {}
