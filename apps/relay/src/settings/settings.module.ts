import { Global, Module } from '@nestjs/common';
import { RunningSettings } from './running-settings.service.js';
import { SettingsStore } from './settings.store.js';

@Global()
@Module({ providers: [RunningSettings, SettingsStore], exports: [RunningSettings, SettingsStore] })
export class SettingsModule {}
