export { RefreshTokenEntity } from './refresh-token.entity.js';
export type { RefreshedSession } from './rotation.js';
export { SessionEntity } from './session.entity.js';
export { type OpenedSession, type Session, TOKEN_TRANSPORTS, type TokenTransport } from './session.js';
export { SessionsModule } from './sessions.module.js';
export { SessionsService } from './sessions.service.js';
export { idleSince, SessionsStore } from './sessions.store.js';
