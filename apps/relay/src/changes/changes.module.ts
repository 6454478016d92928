import { Global, Module } from '@nestjs/common';
import { ChangesService } from './changes.service.js';
import { ChangesStore } from './changes.store.js';

@Global()
@Module({ providers: [ChangesService, ChangesStore], exports: [ChangesService, ChangesStore] })
export class ChangesModule {}
