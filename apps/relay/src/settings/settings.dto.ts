import { LIMITS, REGISTRATION_MODES, type RegistrationMode } from '#protocol';
import { Int, OneOf, OpenEnum } from '../platform/http/fields.js';
import type { ServerSettings } from './server-settings.js';

const ABOUT_REGISTRATION = 'Who may make an account: everybody, whoever has an invitation, or nobody.';

const ABOUT_RETENTION = 'For so many days any message or attachment is kept at most; null if there is no such bound.';
/** Not less than a day: for so long a message may still be on its way to devices, and be sent once more. */
const days = { min: 1, max: LIMITS.retentionDays, nullable: true, example: 365 };

export class ServerSettingsDto {
  @OpenEnum(REGISTRATION_MODES, { about: ABOUT_REGISTRATION })
  registration: string;

  @Int({ about: ABOUT_RETENTION, ...days })
  retentionMaxDays: number | null;
}

export class SetRegistrationDto {
  @OneOf(REGISTRATION_MODES, { about: ABOUT_REGISTRATION })
  registration: RegistrationMode;
}

export class SetMaximumRetentionDto {
  @Int({ about: ABOUT_RETENTION, ...days })
  maxDays: number | null;
}

export function toServerSettingsDto({ registration, retentionMaxDays }: ServerSettings): ServerSettingsDto {
  return { registration, retentionMaxDays };
}
