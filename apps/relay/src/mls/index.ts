export { GroupInfoEntity } from './group-info.entity.js';
export { WelcomeNoticeDto } from './mls.dto.js';
export { MlsModule } from './mls.module.js';
export { WelcomeEntity } from './welcome.entity.js';
export { WelcomeRecipientEntity } from './welcome-recipient.entity.js';
export type { WelcomeNotice } from './welcome.js';
export { WelcomesStore } from './welcomes.store.js';
