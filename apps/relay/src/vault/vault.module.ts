import { Module } from '@nestjs/common';
import { VaultController } from './vault.controller.js';
import { VaultService } from './vault.service.js';
import { VaultStore } from './vault.store.js';

@Module({ controllers: [VaultController], providers: [VaultService, VaultStore], exports: [VaultStore] })
export class VaultModule {}
