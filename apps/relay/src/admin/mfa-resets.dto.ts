import { LIMITS, type MfaResetId } from '#protocol';
import { ListOf, Time, Username, Uuid } from '../platform/http/fields.js';
import { PageDto } from '../platform/http/page.js';
import type { MfaReset } from './mfa-reset.js';

export class MfaResetParams {
  @Uuid({ about: 'Id of a request to reset second factors.' })
  id: MfaResetId;
}

export class AskMfaResetDto {
  @Username({ about: 'Whose second factors are to be reset.' })
  username: string;
}

export class MfaResetDto {
  @Uuid({ about: 'Id of the request.' })
  id: string;

  @Username({ about: 'Whose second factors are to be reset.' })
  username: string;

  @Username({ about: 'The admin who asked; another one has to agree.', example: 'grace' })
  askedBy: string;

  @Time({ about: 'When.' })
  askedAt: string;

  @Time({ about: 'Until when somebody can agree.' })
  expiresAt: string;
}

export class MfaResetListDto extends PageDto {
  @ListOf(() => MfaResetDto, { about: 'Oldest first.', max: LIMITS.pageItems })
  items: MfaResetDto[];
}

export function toMfaResetDto({ id, username, askedBy, askedAt, expiresAt }: MfaReset): MfaResetDto {
  return { id, username, askedBy, askedAt: askedAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
