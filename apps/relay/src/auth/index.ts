export { InvalidToken } from './auth.errors.js';
export { AccessTokens, type VerifiedToken } from './access-tokens.service.js';
export { AccountDto, toAccountDto } from './auth.dto.js';
export { AuthModule } from './auth.module.js';
