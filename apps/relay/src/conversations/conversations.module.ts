import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { EntriesModule } from '../entries/index.js';
import { PeopleModule } from '../people/index.js';
import { Announcements } from './announcements.js';
import { Blocks } from './blocks.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsService } from './conversations.service.js';
import { DirectStore } from './direct.store.js';
import { GroupsStore } from './groups.store.js';
import { MembersController } from './members.controller.js';
import { MembershipService } from './membership.service.js';
import { MembershipStore } from './membership.store.js';
import { MetadataStore } from './metadata.store.js';
import { PlacesStore } from './places.store.js';
import { RosterLogStore } from './roster-log.store.js';
import { RosterStore } from './roster.store.js';
import { StaysStore } from './stays.store.js';
import { ViewsStore } from './views.store.js';

@Module({
  imports: [AccountsModule, EntriesModule, PeopleModule],
  controllers: [ConversationsController, MembersController],
  providers: [
    Announcements,
    Blocks,
    ConversationsService,
    DirectStore,
    GroupsStore,
    MembershipService,
    MembershipStore,
    MetadataStore,
    PlacesStore,
    RosterLogStore,
    RosterStore,
    StaysStore,
    ViewsStore,
  ],
  exports: [ConversationsService, RosterStore],
})
export class ConversationsModule {}
