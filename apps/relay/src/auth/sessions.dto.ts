import type { SessionId } from '#protocol';
import { Flag, ListOf, OpenEnum, Time, Uuid } from '../platform/http/fields.js';
import { LIMITS } from '#protocol';
import { PageDto } from '../platform/http/page.js';
import { type Session, TOKEN_TRANSPORTS } from '../sessions/index.js';

export class SessionParams {
  @Uuid({ about: 'Id of a session.' })
  id: SessionId;
}

export class SessionDto {
  @Uuid({ about: 'Id of the session.' })
  id: string;

  @Uuid({ about: 'The device that signed in.' })
  deviceId: string;

  @OpenEnum(TOKEN_TRANSPORTS, { about: 'How its refresh token travels.' })
  transport: string;

  @Time({ about: 'When it began.' })
  createdAt: string;

  @Time({ about: 'When it was last refreshed.' })
  lastUsedAt: string;

  @Time({ about: 'When it ends at the latest.' })
  expiresAt: string;

  @Flag({ about: 'Whether it is the session that asks.' })
  current: boolean;
}

export class SessionListDto extends PageDto {
  @ListOf(() => SessionDto, { about: 'Live sessions, newest first.', max: LIMITS.pageItems })
  items: SessionDto[];
}

export function toSessionDto(session: Session, current: SessionId): SessionDto {
  const { id, deviceId, transport, createdAt, lastUsedAt, expiresAt } = session;
  return {
    id,
    deviceId,
    transport,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    current: id === current,
  };
}
