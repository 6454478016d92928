import { ERROR_CODES } from '#protocol';
import { Int, ListOf, Nested, OpenEnum, Text, Time, Uuid } from './fields.js';
import { MfaChallengeDto } from './mfa-challenge.dto.js';

class FieldErrorDto {
  @Text({ about: 'JSON Pointer to the field.', max: 256, example: '/ciphertext' })
  readonly path: string;

  @Text({ about: 'What is wrong with it.', max: 256, example: 'must match format "base64url"' })
  readonly message: string;
}

class GroupPlaceDto {
  @Int({ about: 'Which group it is of its conversation.', min: 0, example: 1 })
  readonly generation: number;

  @Int({ about: 'Its epoch.', min: 0, example: 7 })
  readonly epoch: number;
}

/** Versions of the protocol, first and last. */
export class ProtocolRangeDto {
  @Int({ about: 'The oldest version that is spoken.', min: 1, max: 9_999, example: 1 })
  readonly min: number;

  @Int({ about: 'The newest version that is spoken.', min: 1, max: 9_999, example: 1 })
  readonly max: number;
}

/** RFC 9457 problem document: what every refusal looks like. */
export class ProblemDto {
  @Text({ about: 'URI of the kind of problem.', max: 128, example: 'urn:sealpost:problem:not_found' })
  readonly type: string;

  @Text({ about: 'The kind of problem, for people.', max: 128, example: 'Not found' })
  readonly title: string;

  @Int({ about: 'HTTP status.', min: 400, max: 599, example: 404 })
  readonly status: number;

  @OpenEnum(ERROR_CODES, {
    about:
      'The kind of problem, for programs; never changes its meaning. Take one that you do not know by its `status`.',
    example: 'not_found',
  })
  readonly code: string;

  @Text({ about: 'What was refused, for people.', max: 512, optional: true })
  readonly detail?: string;

  @Int({ about: 'Seconds after which trying again makes sense.', min: 0, optional: true, example: 3 })
  readonly retryAfterSeconds?: number;

  @ListOf(() => FieldErrorDto, { about: 'The fields that are wrong.', max: 100, optional: true })
  readonly errors?: readonly FieldErrorDto[];

  @Nested(() => GroupPlaceDto, { about: 'Where the MLS group stands, when the code is about that.', optional: true })
  readonly group?: GroupPlaceDto;
  @Int({
    about: 'The version of what was to be replaced; 0 if it was never there.',
    min: 0,
    optional: true,
    example: 3,
  })
  readonly currentVersion?: number;

  @Nested(() => ProtocolRangeDto, { about: 'The versions of the protocol that the relay speaks.', optional: true })
  readonly supported?: ProtocolRangeDto;

  @Nested(() => MfaChallengeDto, { about: 'The second factor that is asked for.', optional: true })
  readonly mfa?: MfaChallengeDto;

  @Time({ about: 'When the account is deleted, unless `cancelDeletion` keeps it.', optional: true })
  readonly deletionDueAt?: string;

  @Uuid({ about: 'Id of this request in the relay’s log.', optional: true })
  readonly requestId?: string;
}
