import { Module } from '@nestjs/common';
import { ConversationsModule } from '../conversations/index.js';
import { DevicesModule } from '../devices/index.js';
import { EntriesModule } from '../entries/index.js';
import { MlsModule } from '../mls/index.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { FanOut } from './fan-out.js';
import { IncarnationService } from './incarnation.service.js';
import { LogReaderStore } from './log-reader.store.js';
import { LogService } from './log.service.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';
import { MessagesStore } from './messages.store.js';
import { ReceiptAnnouncer } from './receipt-announcer.js';
import { ReceiptsController } from './receipts.controller.js';
import { ReceiptsService } from './receipts.service.js';
import { ReceiptsStore } from './receipts.store.js';
import { Rosters } from './rosters.js';
import { SlicesByConversationStore, SlicesStore } from './slices.store.js';
import { SyncController } from './sync.controller.js';
import { SyncService } from './sync.service.js';
import { TypingService } from './typing.service.js';

@Module({
  imports: [ConversationsModule, DevicesModule, EntriesModule, MlsModule],
  controllers: [MessagesController, ReceiptsController, SyncController],
  providers: [
    FanOut,
    IncarnationService,
    LogReaderStore,
    LogService,
    MessagesService,
    MessagesStore,
    ReceiptAnnouncer,
    ReceiptsService,
    ReceiptsStore,
    Rosters,
    {
      provide: SlicesStore,
      useFactory: ({ DATABASE_SHARDS }: Config) =>
        DATABASE_SHARDS === 'conversation' ? new SlicesByConversationStore() : new SlicesStore(),
      inject: [CONFIG],
    },
    SyncService,
    TypingService,
  ],
  exports: [IncarnationService, MessagesService, ReceiptsService, SyncService, TypingService],
})
export class MessagesModule {}
