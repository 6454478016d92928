import { type DeviceId, LIMITS } from '#protocol';
import { DeviceDto, DeviceNameDto, toDeviceDto } from '../devices/index.js';
import { Examples } from '../platform/http/examples.js';
import { Base64Url, bytesOf, Either, Flag, ListOf, Nested, OneOf, Username, Uuid } from '../platform/http/fields.js';
import { MfaAnswerDto, toAnswer } from '../mfa/index.js';
import { TOKEN_TRANSPORTS, type TokenTransport } from '../sessions/index.js';
import { ABOUT_AUTH_KEY, ABOUT_TRANSPORT, CANCEL_DELETION, ConfirmDto, toWayIn } from './auth.dto.js';
import { KDF_SHAPES, type KdfDto, toKdf } from './kdf.dto.js';
import type { OpenedRecovery, Recovery, RecoverySetup } from './recovery.js';

/** Of an example. */
const SECRET = '74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw';
const recoveryKey = {
  about:
    'The 32 bytes the client derives from the recovery code for the relay. The code itself never leaves the client.',
  minBytes: LIMITS.recoveryKeyBytes,
  maxBytes: LIMITS.recoveryKeyBytes,
  example: SECRET,
};

export class WrappedRootDto {
  @Base64Url({
    about: 'The root of the vault, as the client wrapped it; opaque.',
    minBytes: 1,
    maxBytes: LIMITS.vaultItemBytes,
    example: Buffer.from('sealed').toString('base64url'),
  })
  body: string;
}

export class SetRecoveryDto extends ConfirmDto {
  @Base64Url(recoveryKey)
  recoveryKey: string;

  @Nested(() => WrappedRootDto, { about: 'The root under the recovery code: `root.recovery` of the vault.' })
  vaultRoot: WrappedRootDto;
}

export class OpenRecoveryDto {
  @Username({ about: 'Whose password is lost.' })
  username: string;

  @Base64Url(recoveryKey)
  recoveryKey: string;
}

export class OpenedRecoveryDto {
  @Uuid({ about: 'Id of the account, which the wrapped root is bound to.' })
  accountId: string;

  @Nested(() => WrappedRootDto, { about: 'The root under the recovery code.' })
  vaultRoot: WrappedRootDto;

  @ListOf(() => DeviceDto, {
    about: 'The live devices: one of them may sign in again, by its id.',
    max: LIMITS.devicesPerAccount,
  })
  devices: DeviceDto[];
}

/** Of an example. */
const ROOT = { body: Buffer.from('sealed').toString('base64url') };

class NextRecoveryDto {
  @Base64Url({ ...recoveryKey, about: 'The key of a fresh recovery code: the old one is spent.' })
  recoveryKey: string;

  @Nested(() => WrappedRootDto, { about: 'The root under the fresh code.' })
  vaultRoot: WrappedRootDto;
}

@Examples<typeof CompleteRecoveryDto>({
  newDevice: {
    username: 'ada',
    recoveryKey: SECRET,
    authKey: SECRET,
    kdf: { algorithm: 'argon2id', salt: 'q83vEjRWeJCrze8SNFZ4kA', memoryKiB: 65_536, iterations: 3, parallelism: 1 },
    vaultRoot: ROOT,
    recovery: { recoveryKey: SECRET, vaultRoot: ROOT },
    device: { name: 'Laptop' },
  },
})
export class CompleteRecoveryDto extends OpenRecoveryDto {
  @Base64Url({ about: ABOUT_AUTH_KEY, minBytes: LIMITS.authKeyBytes, maxBytes: LIMITS.authKeyBytes })
  authKey: string;

  @Either('algorithm', KDF_SHAPES, { about: 'How the client derives its keys from the new password; any fresh salt.' })
  kdf: KdfDto;

  @Nested(() => WrappedRootDto, { about: 'The root under the new password: `root` of the vault.' })
  vaultRoot: WrappedRootDto;

  @Nested(() => NextRecoveryDto, { about: 'What the next recovery takes.' })
  recovery: NextRecoveryDto;

  @Uuid({ about: 'The device that signs in, if the account has it already.', optional: true })
  deviceId?: DeviceId;

  @Nested(() => DeviceNameDto, { about: 'The new device that signs in; either this or `deviceId`.', optional: true })
  device?: DeviceNameDto;

  @OneOf(TOKEN_TRANSPORTS, { about: ABOUT_TRANSPORT, optional: true })
  transport?: TokenTransport;

  @Nested(() => MfaAnswerDto, { about: 'The second factor that `mfa_required` asked for.', optional: true })
  mfa?: MfaAnswerDto;

  @Flag({ ...CANCEL_DELETION, about: `${CANCEL_DELETION.about} The same again, with it, is taken.` })
  cancelDeletion?: boolean;
}

export function toRecoverySetup(setup: Pick<SetRecoveryDto, 'recoveryKey' | 'vaultRoot'>): RecoverySetup {
  return { recoveryKey: bytesOf(setup.recoveryKey), rootBody: bytesOf(setup.vaultRoot.body) };
}

export function toRecovery(body: CompleteRecoveryDto): Recovery {
  const { username, authKey, kdf, recovery, mfa } = body;
  return {
    username,
    ...toRecoverySetup(body),
    authKey: bytesOf(authKey),
    kdf: toKdf(kdf),
    next: toRecoverySetup(recovery),
    ...toWayIn(body),
    answer: mfa && toAnswer(mfa),
  };
}

export function toOpenedRecoveryDto({ accountId, rootBody, devices }: OpenedRecovery): OpenedRecoveryDto {
  return {
    accountId,
    vaultRoot: { body: rootBody.toString('base64url') },
    devices: devices.map((device) => toDeviceDto(device, undefined)),
  };
}
