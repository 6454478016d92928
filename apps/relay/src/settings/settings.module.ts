import { Global, Module } from '@nestjs/common';
import { RunningSettings } from './running-settings.service.js';
import { SettingsController } from './settings.controller.js';
import { SettingsService } from './settings.service.js';
import { SettingsStore } from './settings.store.js';

@Global()
@Module({
  controllers: [SettingsController],
  providers: [RunningSettings, SettingsService, SettingsStore],
  exports: [RunningSettings, SettingsStore],
})
export class SettingsModule {}
