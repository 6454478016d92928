import { Module } from '@nestjs/common';
import { LinkingController } from './linking.controller.js';
import { LinkingService } from './linking.service.js';
import { LinkingStore } from './linking.store.js';
import { LinkingSweepService } from './linking-sweep.service.js';

@Module({ controllers: [LinkingController], providers: [LinkingService, LinkingStore, LinkingSweepService] })
export class LinkingModule {}
