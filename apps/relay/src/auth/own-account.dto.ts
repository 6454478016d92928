import { LIMITS } from '#protocol';
import { Base64Url, Either, Flag, Int, Nested } from '../platform/http/fields.js';
import { ConfirmDto } from './auth.dto.js';
import { KDF_SHAPES, type KdfDto, toKdf } from './kdf.dto.js';
import { WrappedRootDto } from './recovery.dto.js';
import type { Deletion, NewSecret } from './own-account.service.js';

export class DeleteAccountDto extends ConfirmDto {
  @Flag({ about: 'Whether to delete at once. Else there is some time to think again.', optional: true })
  now?: boolean;
}

export class NewRootDto extends WrappedRootDto {
  @Int({ about: 'The version of `root` that it replaces; 0 if there is none yet.', min: 0, example: 1 })
  version: number;
}

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

  @Nested(() => NewRootDto, {
    about: 'The root of the vault under the new password; required if the vault has a `root`.',
    optional: true,
  })
  vaultRoot?: NewRootDto;
}

export function toDeletion({ authKey, now }: DeleteAccountDto): Deletion {
  return { authKey: Buffer.from(authKey, 'base64url'), now: now ?? false };
}

export function toNewSecret({
  authKey,
  newAuthKey,
  newKdf,
  keepOtherSessions,
  vaultRoot,
}: ChangePasswordDto): NewSecret {
  return {
    authKey: Buffer.from(authKey, 'base64url'),
    newAuthKey: Buffer.from(newAuthKey, 'base64url'),
    newKdf: toKdf(newKdf),
    keepOtherSessions: keepOtherSessions ?? false,
    root: vaultRoot && { body: Buffer.from(vaultRoot.body, 'base64url'), replaces: vaultRoot.version },
  };
}
