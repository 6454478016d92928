import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { BlockObservers } from './block-observers.store.js';
import { ContactsController } from './contacts.controller.js';
import { ContactsService } from './contacts.service.js';
import { ContactsStore } from './contacts.store.js';
import { UsersController } from './users.controller.js';

@Module({
  imports: [AccountsModule],
  controllers: [ContactsController, UsersController],
  providers: [BlockObservers, ContactsService, ContactsStore],
  exports: [BlockObservers, ContactsStore],
})
export class PeopleModule {}
