import { type DeviceId, type FactorId, LIMITS, MFA_RECOVERY_CODE_PATTERN, TOTP_PATTERN } from '#protocol';
import { Base64Url, Int, ListOf, Nested, OpenEnum, Text, TextList, Time, Uuid } from '../platform/http/fields.js';
import { type Factor, LASTING_KINDS } from './factor.js';
import type { AddedFactor, BegunTotp, MfaState } from './factors.service.js';
import { factorName } from './passkey.dto.js';

const RECOVERY_CODE_CHARS = 22;
const DAY_PATTERN = '^\\d{4}-\\d{2}-\\d{2}$';

export class FactorParams {
  @Uuid({ about: 'Id of a second factor.' })
  id: FactorId;
}

export class TrustedDeviceParams {
  @Uuid({ about: 'Id of a trusted device.' })
  deviceId: DeviceId;
}

export class ConfirmMfaDto {
  @Base64Url({
    about: 'The secret of the account, again.',
    minBytes: LIMITS.authKeyBytes,
    maxBytes: LIMITS.authKeyBytes,
    example: '74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw',
  })
  authKey: string;
}

export class BeginTotpDto extends ConfirmMfaDto {
  @Text({ about: 'What to call it.', ...factorName, example: 'Phone' })
  name: string;
}

export class BegunTotpDto {
  @Uuid({ about: 'Id of the factor.' })
  id: string;

  @Text({ about: 'What its codes come of, in base32.', max: 64, pattern: '^[A-Z2-7]+$', example: 'JBSWY3DPEHPK3PXP' })
  secret: string;

  @Text({
    about: 'The same for an authenticator app, also as a QR code.',
    max: 512,
    example: 'otpauth://totp/Sealpost:ada%40chat.example.org?secret=JBSWY3DPEHPK3PXP&issuer=Sealpost',
  })
  uri: string;
}

export class TotpCodeDto {
  @Text({ about: 'The code that the app shows.', min: 6, max: 6, pattern: TOTP_PATTERN, example: '492039' })
  code: string;
}

export class FactorDto {
  @Uuid({ about: 'Id of the factor.' })
  id: string;

  @OpenEnum(LASTING_KINDS, { about: 'What it is.' })
  kind: string;

  @Text({ about: 'What its owner calls it.', max: LIMITS.factorNameChars, example: 'Phone' })
  name: string;

  @Time({ about: 'When it was added.' })
  createdAt: string;

  @Text({
    about: 'The day of its last use, UTC; null before the first.',
    ...{ min: 10, max: 10, pattern: DAY_PATTERN, example: '2026-11-22', nullable: true },
  })
  lastUsedDay: string | null;
}

class TrustedDeviceDto {
  @Uuid({ about: 'Id of the device.' })
  deviceId: string;

  @Time({ about: 'Since when.' })
  trustedAt: string;

  @Time({ about: 'When it is asked again.' })
  expiresAt: string;
}

export class MfaStateDto {
  @ListOf(() => FactorDto, {
    about: 'Oldest first. With one, signing in takes one.',
    max: LIMITS.totpFactors + LIMITS.passkeys,
  })
  factors: FactorDto[];

  @Int({ about: 'Recovery codes that were not used.', min: 0, max: LIMITS.recoveryCodes, example: 10 })
  recoveryCodesLeft: number;

  @ListOf(() => TrustedDeviceDto, {
    about: 'Devices that sign in without a second factor, the newest first.',
    max: LIMITS.devicesPerAccount,
  })
  trustedDevices: TrustedDeviceDto[];
}

const recoveryCodes = {
  max: LIMITS.recoveryCodes,
  chars: RECOVERY_CODE_CHARS,
  pattern: MFA_RECOVERY_CODE_PATTERN,
  example: ['03-K5QW-7TZA-M2XE-LNGB'],
};

export class RecoveryCodesDto {
  @TextList({ about: 'Each stands in once for a second factor. They are not shown again.', ...recoveryCodes })
  codes: string[];
}

export class AddedFactorDto {
  @Nested(() => FactorDto, { about: 'What was added.' })
  factor: FactorDto;

  @TextList({
    about: 'Recovery codes, for an account that had none. They are not shown again.',
    ...recoveryCodes,
    optional: true,
  })
  recoveryCodes?: string[];
}

export function toMfaStateDto({ factors, recoveryCodesLeft, trustedDevices }: MfaState): MfaStateDto {
  return {
    factors: factors.map(toFactorDto),
    recoveryCodesLeft,
    trustedDevices: trustedDevices.map(({ deviceId, trustedAt, expiresAt }) => ({
      deviceId,
      trustedAt: trustedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
  };
}

export function toBegunTotpDto({ id, secret, uri }: BegunTotp): BegunTotpDto {
  return { id, secret, uri };
}

export function toAddedFactorDto({ factor, recoveryCodes: fresh }: AddedFactor): AddedFactorDto {
  return { factor: toFactorDto(factor), ...(fresh === undefined ? {} : { recoveryCodes: fresh }) };
}

function toFactorDto({ id, kind, name, createdAt, lastUsedDay }: Factor): FactorDto {
  return { id, kind, name, createdAt: createdAt.toISOString(), lastUsedDay };
}
