import { DURATIONS, FACTOR_KINDS, LIMITS } from '#protocol';
import { Base64Url, Int, ListOf, Nested, OpenEnumList, Text } from './fields.js';

export const HOST_CHARS = 253;
const TIMEOUT_MS = DURATIONS.mfaChallengeSeconds * 1000;

const challenge = {
  minBytes: 32,
  maxBytes: 32,
  example: '74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw',
};

/** One credential, as WebAuthn names it. */
export class PasskeyDescriptorDto {
  @Text({ about: 'Always `public-key`.', max: 32, example: 'public-key' })
  readonly type: string;

  @Base64Url({ about: 'Id of the credential.', maxBytes: LIMITS.credentialIdBytes })
  readonly id: string;
}

/** `PublicKeyCredentialRequestOptionsJSON` of WebAuthn Level 3: for `navigator.credentials.get`. */
export class PasskeyRequestDto {
  @Base64Url({ about: 'What the authenticator signs: the challenge.', ...challenge })
  readonly challenge: string;

  @Text({ about: 'Host that the passkeys are for.', max: HOST_CHARS, example: 'chat.example.org' })
  readonly rpId: string;

  @Int({ about: 'Milliseconds.', min: 0, example: TIMEOUT_MS })
  readonly timeout: number;

  @Text({ about: '`required` where the passkey is all that is asked for.', max: 32, example: 'preferred' })
  readonly userVerification: string;

  @ListOf(() => PasskeyDescriptorDto, {
    about: 'Whose assertions count; empty where any will do.',
    max: LIMITS.passkeys,
  })
  readonly allowCredentials: readonly PasskeyDescriptorDto[];
}

/** What a second factor is shown for. */
export class MfaChallengeDto {
  @Base64Url({ about: 'Names what is asked for. Good for one right answer, from the same address.', ...challenge })
  readonly challenge: string;

  @OpenEnumList(FACTOR_KINDS, { about: 'Which factors the account has.', max: FACTOR_KINDS.length })
  readonly kinds: readonly string[];

  @Int({ about: 'Seconds until it is void.', min: 0, example: DURATIONS.mfaChallengeSeconds })
  readonly expiresIn: number;

  @Nested(() => PasskeyRequestDto, { about: 'For the browser, where a passkey will do.', optional: true })
  readonly passkey?: PasskeyRequestDto;
}
