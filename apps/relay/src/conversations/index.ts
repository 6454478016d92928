export { Announcements } from './announcements.js';
export { ConversationEntity } from './conversation.entity.js';
export { ConversationsModule } from './conversations.module.js';
export { ConversationsService } from './conversations.service.js';
export { type Leaf, type Member, NOTHING_HAPPENED, type Outcome, type Placed } from './conversation.js';
export { conversationId, ConversationParams } from './conversation-requests.dto.js';
export { ConversationFull } from './conversations.errors.js';
export { EntrySeqDto } from './conversations.dto.js';
export { LeavesStore } from './leaves.store.js';
export { MemberEntity } from './member.entity.js';
export {
  addition,
  type Candidate,
  candidatesFrom,
  keeperOf,
  memberOf,
  removal,
  roleChange,
  type Roster,
  type RosterChange,
} from './membership-rules.js';
export { MlsLeafEntity } from './mls-leaf.entity.js';
export { PlacesStore } from './places.store.js';
export { RosterLogStore } from './roster-log.store.js';
export { RosterStore } from './roster.store.js';
