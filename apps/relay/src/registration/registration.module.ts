import { Module } from '@nestjs/common';
import { AdmissionsStore } from './admissions.store.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsService } from './invitations.service.js';
import { InvitationsStore } from './invitations.store.js';

@Module({
  controllers: [InvitationsController],
  providers: [AdmissionsStore, InvitationsService, InvitationsStore],
  exports: [AdmissionsStore],
})
export class RegistrationModule {}
