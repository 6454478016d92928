import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { SessionsModule } from '../sessions/index.js';
import { DevicesController } from './devices.controller.js';
import { DevicesService } from './devices.service.js';
import { DevicesStore } from './devices.store.js';
import { RevocationObservers } from './revocation-observers.store.js';

@Module({
  imports: [AccountsModule, SessionsModule],
  controllers: [DevicesController],
  providers: [DevicesService, DevicesStore, RevocationObservers],
  exports: [DevicesStore, RevocationObservers],
})
export class DevicesModule {}
