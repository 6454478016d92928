import { Module } from '@nestjs/common';
import { MfaModule } from '../mfa/index.js';
import { RefreshTokensStore } from './refresh-tokens.store.js';
import { RevocationWatch } from './revocation-watch.js';
import { SessionsService } from './sessions.service.js';
import { SessionsStore } from './sessions.store.js';

@Module({
  imports: [MfaModule],
  providers: [SessionsService, SessionsStore, RefreshTokensStore, RevocationWatch],
  exports: [SessionsService, SessionsStore],
})
export class SessionsModule {}
