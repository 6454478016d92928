export { ACTS_RULE } from './admin.contract.js';
export { type Acting, recordsOf } from './admin-acts.js';
export { AdminUsersService } from './admin-users.service.js';
export { AdminModule } from './admin.module.js';
export { AdminRights } from './admin-rights.service.js';
export { AdminsStore, type Granting } from './admins.store.js';
export { MfaResetEntity } from './mfa-reset.entity.js';
export { MfaResetsStore } from './mfa-resets.store.js';
