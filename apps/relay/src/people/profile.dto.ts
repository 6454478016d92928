import { LIMITS } from '#protocol';
import { Text, Username, Uuid } from '../platform/http/fields.js';

export class ProfileDto {
  @Uuid({ about: 'The account; what keys, members and changes refer to.' })
  accountId: string;

  @Username({ about: 'Their name; never given to anybody else.' })
  username: string;

  @Text({ about: 'What they call themselves.', max: LIMITS.displayNameChars, example: 'Ada Lovelace' })
  displayName: string;
}
