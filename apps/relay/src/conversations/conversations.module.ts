import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { DevicesModule } from '../devices/index.js';
import { EntriesModule } from '../entries/index.js';
import { PeopleModule } from '../people/index.js';
import { Announcements } from './announcements.js';
import { Blocks } from './blocks.js';
import { ConversationsController } from './conversations.controller.js';
import { ConversationsService } from './conversations.service.js';
import { DirectStore } from './direct.store.js';
import { GroupsStore } from './groups.store.js';
import { LeavesStore } from './leaves.store.js';
import { MembersController } from './members.controller.js';
import { MembershipService } from './membership.service.js';
import { MembershipStore } from './membership.store.js';
import { MetadataStore } from './metadata.store.js';
import { PlacesStore } from './places.store.js';
import { Revocations } from './revocations.js';
import { RosterLogStore } from './roster-log.store.js';
import { RosterStore } from './roster.store.js';
import { StaysStore } from './stays.store.js';
import { ViewsStore } from './views.store.js';

@Module({
  imports: [AccountsModule, DevicesModule, EntriesModule, PeopleModule],
  controllers: [ConversationsController, MembersController],
  providers: [
    Announcements,
    Blocks,
    ConversationsService,
    DirectStore,
    GroupsStore,
    LeavesStore,
    MembershipService,
    MembershipStore,
    MetadataStore,
    PlacesStore,
    Revocations,
    RosterLogStore,
    RosterStore,
    StaysStore,
    ViewsStore,
  ],
  exports: [Announcements, ConversationsService, LeavesStore, PlacesStore, RosterLogStore, RosterStore],
})
export class ConversationsModule {}
