export { AccessTokens } from './access-tokens.service.js';
export { AuthModule } from './auth.module.js';
