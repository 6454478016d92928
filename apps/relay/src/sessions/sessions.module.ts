import { Module } from '@nestjs/common';
import { RefreshTokensStore } from './refresh-tokens.store.js';
import { RevocationWatch } from './revocation-watch.js';
import { SessionsService } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';

@Module({
  providers: [SessionsService, SessionsStore, RefreshTokensStore, RevocationWatch],
  exports: [SessionsService, SessionsStore],
})
export class SessionsModule {}
