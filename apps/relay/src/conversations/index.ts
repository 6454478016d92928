export { ConversationEntity } from './conversation.entity.js';
export { ConversationsModule } from './conversations.module.js';
export { ConversationsService } from './conversations.service.js';
export { MemberEntity } from './member.entity.js';
export { RosterStore } from './roster.store.js';
