import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations/index.js';
import { DevicesModule } from '../devices/index.js';
import { EntriesModule } from '../entries/index.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { Compaction } from './compaction.js';
import { CompactionStore } from './compaction.store.js';
import { DeliveriesStore } from './deliveries.store.js';
import { ErasuresByConversationStore, ErasuresStore } from './erasures.store.js';
import { Janitor } from './janitor.service.js';
import { RetentionController } from './retention.controller.js';
import { RetentionService } from './retention.service.js';
import { RetentionStore } from './retention.store.js';

@Module({
  imports: [ConversationsModule, DevicesModule, EntriesModule],
  controllers: [RetentionController],
  providers: [
    Compaction,
    CompactionStore,
    DeliveriesStore,
    {
      provide: ErasuresStore,
      useFactory: ({ DATABASE_SHARDS }: Config, database: Database, deliveries: DeliveriesStore) =>
        DATABASE_SHARDS === 'conversation'
          ? new ErasuresByConversationStore(database, deliveries)
          : new ErasuresStore(database),
      inject: [CONFIG, Database, DeliveriesStore],
    },
    Janitor,
    RetentionService,
    RetentionStore,
  ],
})
export class RetentionModule {}
