import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { LIMITS, LINE_PATTERN } from '#protocol';
import { Base64Url, bytesOf, Int, ListOf, Nested, Text } from '../platform/http/fields.js';
import { HOST_CHARS, PasskeyDescriptorDto } from '../platform/http/mfa-challenge.dto.js';
import type { Attestation } from './factor.js';
import { CHALLENGE } from './proof.dto.js';

const WORD_CHARS = 32;
const challenge = { minBytes: 32, maxBytes: 32, example: CHALLENGE };
export const factorName = { min: 1, max: LIMITS.factorNameChars, pattern: LINE_PATTERN };

class RelyingPartyDto {
  @Text({ about: 'Host that the passkey is for.', max: HOST_CHARS, example: 'chat.example.org' })
  id: string;

  @Text({ about: 'For people.', max: WORD_CHARS, example: 'Sealpost' })
  name: string;
}

class PasskeyUserDto {
  @Base64Url({ about: 'The bytes of the account’s id.', minBytes: 16, maxBytes: 16 })
  id: string;

  @Text({ about: 'The username.', max: LIMITS.usernameChars, example: 'ada' })
  name: string;

  @Text({ about: 'The username, too.', max: LIMITS.usernameChars, example: 'ada' })
  displayName: string;
}

class PasskeyAlgorithmDto {
  @Text({ about: 'Always `public-key`.', max: WORD_CHARS, example: 'public-key' })
  type: string;

  @Int({ about: 'Number of a COSE algorithm.', min: -65_535, max: 65_535, example: -7 })
  alg: number;
}

class AuthenticatorSelectionDto {
  @Text({ about: 'Whether it can sign in without a name being typed.', max: WORD_CHARS, example: 'preferred' })
  residentKey: string;

  @Text({ about: 'Whether the authenticator is to know its user.', max: WORD_CHARS, example: 'preferred' })
  userVerification: string;
}

/** `PublicKeyCredentialCreationOptionsJSON` of WebAuthn Level 3: for `navigator.credentials.create`. */
export class PasskeyCreationDto {
  @Base64Url({ about: 'What `addPasskey` is to name.', ...challenge })
  challenge: string;

  @Nested(() => RelyingPartyDto, { about: 'Whom the passkey signs in to.' })
  rp: RelyingPartyDto;

  @Nested(() => PasskeyUserDto, { about: 'Whom it signs in.' })
  user: PasskeyUserDto;

  @ListOf(() => PasskeyAlgorithmDto, { about: 'Keys that will do, the best first.', max: 8 })
  pubKeyCredParams: PasskeyAlgorithmDto[];

  @Int({ about: 'Milliseconds.', min: 0, example: 300_000 })
  timeout: number;

  @ListOf(() => PasskeyDescriptorDto, { about: 'Passkeys that there are already.', max: LIMITS.passkeys })
  excludeCredentials: PasskeyDescriptorDto[];

  @Nested(() => AuthenticatorSelectionDto, { about: 'What the authenticator should be able to.' })
  authenticatorSelection: AuthenticatorSelectionDto;

  @Text({ about: 'Which authenticator it is, the relay does not ask.', max: WORD_CHARS, example: 'none' })
  attestation: string;
}

export class AddPasskeyDto {
  @Base64Url({ about: 'The challenge of the options.', ...challenge })
  challenge: string;

  @Text({ about: 'What to call it.', ...factorName, example: 'Security key' })
  name: string;

  @Base64Url({ about: '`id` of the credential.', minBytes: 1, maxBytes: LIMITS.credentialIdBytes })
  credentialId: string;

  @Base64Url({ about: '`response.clientDataJSON`.', minBytes: 1, maxBytes: LIMITS.clientDataBytes })
  clientDataJSON: string;

  @Base64Url({ about: '`response.attestationObject`.', minBytes: 1, maxBytes: LIMITS.attestationBytes })
  attestationObject: string;
}

export function toPasskeyCreationDto(options: PublicKeyCredentialCreationOptionsJSON): PasskeyCreationDto {
  const { challenge: asked, rp, user, pubKeyCredParams, timeout = 0, excludeCredentials = [] } = options;
  return {
    challenge: asked,
    rp: { id: rp.id ?? '', name: rp.name },
    user: { id: user.id, name: user.name, displayName: user.displayName },
    pubKeyCredParams: pubKeyCredParams.map(({ type, alg }) => ({ type, alg })),
    timeout,
    excludeCredentials: excludeCredentials.map(({ type, id }) => ({ type, id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    attestation: 'none',
  };
}

export function toAttestation({ credentialId, clientDataJSON, attestationObject }: AddPasskeyDto): Attestation {
  return {
    credentialId: bytesOf(credentialId),
    clientDataJSON: bytesOf(clientDataJSON),
    attestationObject: bytesOf(attestationObject),
  };
}
