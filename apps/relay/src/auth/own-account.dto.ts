import { LIMITS } from '#protocol';
import { Base64Url, Either, Flag } from '../platform/http/fields.js';
import { ConfirmDto } from './auth.dto.js';
import { KDF_SHAPES, type KdfDto, toKdf } from './kdf.dto.js';
import type { NewSecret } from './own-account.service.js';

export class ChangePasswordDto extends ConfirmDto {
  @Base64Url({
    about: 'The authKey of the new password.',
    minBytes: LIMITS.authKeyBytes,
    maxBytes: LIMITS.authKeyBytes,
  })
  newAuthKey: string;

  @Either('algorithm', KDF_SHAPES, { about: 'How the client derives its keys from the new password; any fresh salt.' })
  newKdf: KdfDto;

  @Flag({ about: 'Whether other sessions may go on. By default they end.', optional: true })
  keepOtherSessions?: boolean;
}

export function toNewSecret({ authKey, newAuthKey, newKdf, keepOtherSessions }: ChangePasswordDto): NewSecret {
  return {
    authKey: Buffer.from(authKey, 'base64url'),
    newAuthKey: Buffer.from(newAuthKey, 'base64url'),
    newKdf: toKdf(newKdf),
    keepOtherSessions: keepOtherSessions ?? false,
  };
}
