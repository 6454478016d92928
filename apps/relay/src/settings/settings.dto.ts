import { REGISTRATION_MODES, type RegistrationMode } from '#protocol';
import { OneOf, OpenEnum } from '../platform/http/fields.js';
import type { ServerSettings } from './server-settings.js';

const ABOUT_REGISTRATION = 'Who may make an account: everybody, whoever has an invitation, or nobody.';

export class ServerSettingsDto {
  @OpenEnum(REGISTRATION_MODES, { about: ABOUT_REGISTRATION })
  registration: string;
}

export class SetRegistrationDto {
  @OneOf(REGISTRATION_MODES, { about: ABOUT_REGISTRATION })
  registration: RegistrationMode;
}

export function toServerSettingsDto({ registration }: ServerSettings): ServerSettingsDto {
  return { registration };
}
