import { LIMITS, MFA_RECOVERY_CODE_PATTERN, TOTP_PATTERN } from '#protocol';
import { Examples } from '../platform/http/examples.js';
import { Base64Url, bytesOf, Either, OneOf, Text } from '../platform/http/fields.js';
import type { Answer, Assertion, Proof } from './factor.js';

/** Of an example. */
export const CHALLENGE = '74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw';
const [EXAMPLE_CODE, EXAMPLE_RECOVERY_CODE] = ['492039', '03-K5QW-7TZA-M2XE-LNGB'];

export class TotpProofDto {
  @OneOf(['totp'], { about: 'A code of an authenticator app.' })
  kind: 'totp';

  @Text({ about: 'Six digits. Each code is taken once.', min: 6, max: 6, pattern: TOTP_PATTERN, example: EXAMPLE_CODE })
  code: string;
}

export class RecoveryCodeProofDto {
  @OneOf(['recovery_code'], { about: 'A code that was kept for when other factors are lost.' })
  kind: 'recovery_code';

  @Text({
    about: 'As it was shown. Each is taken once.',
    min: 22,
    max: 22,
    pattern: MFA_RECOVERY_CODE_PATTERN,
    example: EXAMPLE_RECOVERY_CODE,
  })
  code: string;
}

export class PasskeyAssertionDto {
  @Base64Url({ about: '`id` of the credential.', minBytes: 1, maxBytes: LIMITS.credentialIdBytes })
  credentialId: string;

  @Base64Url({ about: '`response.clientDataJSON`.', minBytes: 1, maxBytes: LIMITS.clientDataBytes })
  clientDataJSON: string;

  @Base64Url({ about: '`response.authenticatorData`.', minBytes: 37, maxBytes: LIMITS.authenticatorDataBytes })
  authenticatorData: string;

  @Base64Url({ about: '`response.signature`.', minBytes: 1, maxBytes: LIMITS.passkeySignatureBytes })
  signature: string;

  @Base64Url({ about: '`response.userHandle`, if there is one.', minBytes: 1, maxBytes: 64, optional: true })
  userHandle?: string;
}

export class PasskeyProofDto extends PasskeyAssertionDto {
  @OneOf(['passkey'], { about: 'What `navigator.credentials.get` gave, for the options that came with the challenge.' })
  kind: 'passkey';
}

const PROOF_SHAPES = [TotpProofDto, RecoveryCodeProofDto, PasskeyProofDto] as const;
export type ProofDto = TotpProofDto | RecoveryCodeProofDto | PasskeyProofDto;

@Examples<typeof MfaAnswerDto>({
  totp: { challenge: CHALLENGE, proof: { kind: 'totp', code: EXAMPLE_CODE } },
  recoveryCode: { challenge: CHALLENGE, proof: { kind: 'recovery_code', code: EXAMPLE_RECOVERY_CODE } },
})
export class MfaAnswerDto {
  @Base64Url({ about: 'The challenge of `mfa_required`.', minBytes: 32, maxBytes: 32 })
  challenge: string;

  @Either('kind', PROOF_SHAPES, { about: 'The second factor.' })
  proof: ProofDto;
}

export function toAnswer({ challenge, proof }: MfaAnswerDto): Answer {
  return { challenge, proof: toProof(proof) };
}

export function toAssertion(dto: PasskeyAssertionDto): Assertion {
  return {
    credentialId: bytesOf(dto.credentialId),
    clientDataJSON: bytesOf(dto.clientDataJSON),
    authenticatorData: bytesOf(dto.authenticatorData),
    signature: bytesOf(dto.signature),
    userHandle: dto.userHandle === undefined ? undefined : bytesOf(dto.userHandle),
  };
}

function toProof(proof: ProofDto): Proof {
  return proof.kind === 'passkey' ? { kind: proof.kind, assertion: toAssertion(proof) } : proof;
}
