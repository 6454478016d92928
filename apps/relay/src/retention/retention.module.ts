import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations/index.js';
import { DevicesModule } from '../devices/index.js';
import { EntriesModule } from '../entries/index.js';
import { Compaction } from './compaction.js';
import { CompactionStore } from './compaction.store.js';
import { ErasuresStore } from './erasures.store.js';
import { Janitor } from './janitor.service.js';
import { RetentionController } from './retention.controller.js';
import { RetentionService } from './retention.service.js';
import { RetentionStore } from './retention.store.js';

@Module({
  imports: [ConversationsModule, DevicesModule, EntriesModule],
  controllers: [RetentionController],
  providers: [Compaction, CompactionStore, ErasuresStore, Janitor, RetentionService, RetentionStore],
})
export class RetentionModule {}
