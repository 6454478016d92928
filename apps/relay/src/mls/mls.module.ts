import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { ConversationsModule } from '../conversations/index.js';
import { DevicesModule } from '../devices/index.js';
import { EntriesModule } from '../entries/index.js';
import { PeopleModule } from '../people/index.js';
import { CommitsStore } from './commits.store.js';
import { GroupInfosStore } from './group-infos.store.js';
import { MlsController } from './mls.controller.js';
import { MlsService } from './mls.service.js';
import { WelcomesController } from './welcomes.controller.js';
import { WelcomesStore } from './welcomes.store.js';

@Module({
  imports: [AccountsModule, ConversationsModule, DevicesModule, EntriesModule, PeopleModule],
  controllers: [MlsController, WelcomesController],
  providers: [CommitsStore, GroupInfosStore, MlsService, WelcomesStore],
  exports: [WelcomesStore],
})
export class MlsModule {}
