import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { KeysModule } from '../keys/index.js';
import { MfaModule } from '../mfa/index.js';
import { SessionsModule } from '../sessions/index.js';
import { DeviceListsController } from './device-lists.controller.js';
import { DeviceListsService } from './device-lists.service.js';
import { DeviceListsStore } from './device-lists.store.js';
import { DevicesController } from './devices.controller.js';
import { DevicesService } from './devices.service.js';
import { DevicesStore } from './devices.store.js';
import { KeyPackageUploadsStore } from './key-package-uploads.store.js';
import { KeyPackagesController } from './key-packages.controller.js';
import { KeyPackagesService } from './key-packages.service.js';
import { KeyPackagesStore } from './key-packages.store.js';
import { RevocationObservers } from './revocation-observers.store.js';

@Module({
  imports: [AccountsModule, KeysModule, MfaModule, SessionsModule],
  controllers: [DevicesController, DeviceListsController, KeyPackagesController],
  providers: [
    DevicesService,
    DevicesStore,
    DeviceListsService,
    DeviceListsStore,
    KeyPackagesService,
    KeyPackagesStore,
    KeyPackageUploadsStore,
    RevocationObservers,
  ],
  exports: [DevicesStore, KeyPackagesStore, RevocationObservers],
})
export class DevicesModule {}
