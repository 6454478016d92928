export { AccessTokens } from './access-tokens.service.js';
export { InvalidToken } from './auth.errors.js';
export { AuthModule } from './auth.module.js';
