import { Module } from '@nestjs/common';
import { AdmissionsStore } from './admissions.store.js';
import { InvitationsStore } from './invitations.store.js';

@Module({ providers: [AdmissionsStore, InvitationsStore], exports: [AdmissionsStore] })
export class RegistrationModule {}
