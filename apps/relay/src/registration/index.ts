export { AdmissionsStore } from './admissions.store.js';
export { InvitationEntity } from './invitation.entity.js';
export { RegistrationModule } from './registration.module.js';
