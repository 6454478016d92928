import { ApiSchema } from '@nestjs/swagger';
import { PROTOCOL_VERSION } from '#protocol';
import { END_REASONS } from '../delivery/index.js';
import { OneOf, OpenEnum, Text, Time, Uuid } from '../platform/http/fields.js';

const accessToken = { min: 1, max: 2048 };

/** What a client gives when it connects, as `auth`. */
export class HandshakeDto {
  @Text({ about: 'An access token: never in the URL, nor in a header.', ...accessToken })
  readonly token: string;

  @Text({
    about: 'The version of the protocol that the client speaks; 1 when absent.',
    max: 4,
    pattern: '^[1-9][0-9]{0,3}$',
    optional: true,
    example: PROTOCOL_VERSION,
  })
  readonly protocol?: string;
}

export class AuthRenewDto {
  @Text({ about: 'A fresh access token of the same session.', ...accessToken })
  readonly token: string;
}

@ApiSchema({ description: 'Nothing but that it is done.' })
export class DoneDto {}

export class RenewedDto {
  @Time({ about: 'When the fresh token ends.' })
  readonly expiresAt: string;
}

/** What the relay says first on a socket. */
export class ReadyDto {
  @OneOf([PROTOCOL_VERSION], { about: 'Version of this protocol.' })
  readonly protocol: string;

  @Uuid({
    about: 'Which life of the database this is; another one than before means that it was restored from a backup.',
  })
  readonly incarnation: string;

  @Time({ about: 'When the access token of this socket ends.' })
  readonly expiresAt: string;
}

@ApiSchema({ description: 'Carries nothing.' })
export class AnnouncementsChangedDto {}

@ApiSchema({ description: 'Carries nothing.' })
export class ResyncDto {}

/** Why the relay is about to close the socket. */
export class SessionRevokedDto {
  @OpenEnum(END_REASONS, { about: 'How the session ended.' })
  readonly reason: string;
}
