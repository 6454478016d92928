import type { DeviceId } from '#protocol';
import { DeviceNameDto } from '../devices/index.js';
import { MfaAnswerDto, PasskeyAssertionDto, toAnswer, toAssertion } from '../mfa/index.js';
import { Examples } from '../platform/http/examples.js';
import { Base64Url, Flag, Nested, OneOf, Uuid } from '../platform/http/fields.js';
import { TOKEN_TRANSPORTS, type TokenTransport } from '../sessions/index.js';
import { ABOUT_TRANSPORT, CANCEL_DELETION, toWayIn } from './auth.dto.js';
import type { PasskeySignIn, SecondSignIn } from './sign-in.js';

/** Of an example. */
const CHALLENGE = '74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw';
const DEVICE_ID = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' as DeviceId;
const ASSERTION = {
  credentialId: 'c2VhbGVk',
  clientDataJSON: 'c2VhbGVk',
  authenticatorData: Buffer.alloc(37, 'sealed').toString('base64url'),
  signature: 'c2VhbGVk',
};

@Examples<typeof FinishSignInDto>({
  totp: { challenge: CHALLENGE, proof: { kind: 'totp', code: '492039' }, deviceId: DEVICE_ID, trustDevice: true },
  passkey: { challenge: CHALLENGE, proof: { kind: 'passkey', ...ASSERTION }, device: { name: 'Laptop' } },
})
export class FinishSignInDto extends MfaAnswerDto {
  @Uuid({ about: 'As in the sign-in.', optional: true })
  deviceId?: DeviceId;

  @Nested(() => DeviceNameDto, { about: 'As in the sign-in.', optional: true })
  device?: DeviceNameDto;

  @OneOf(TOKEN_TRANSPORTS, { about: ABOUT_TRANSPORT, optional: true })
  transport?: TokenTransport;

  @Flag({ about: 'Whether this device need not be asked again for 30 days.', optional: true })
  trustDevice?: boolean;

  @Flag({ ...CANCEL_DELETION, about: `${CANCEL_DELETION.about} The same answer again, with it, is taken.` })
  cancelDeletion?: boolean;
}

@Examples<typeof PasskeySignInDto>({
  newDevice: { challenge: CHALLENGE, assertion: ASSERTION, device: { name: 'Laptop' } },
  knownDevice: { challenge: CHALLENGE, assertion: ASSERTION, deviceId: DEVICE_ID },
})
export class PasskeySignInDto {
  @Base64Url({ about: 'The challenge of the options.', minBytes: 32, maxBytes: 32 })
  challenge: string;

  @Nested(() => PasskeyAssertionDto, { about: 'What `navigator.credentials.get` gave.' })
  assertion: PasskeyAssertionDto;

  @Uuid({ about: 'The device that signs in, if the account has it already.', optional: true })
  deviceId?: DeviceId;

  @Nested(() => DeviceNameDto, { about: 'The new device that signs in; either this or `deviceId`.', optional: true })
  device?: DeviceNameDto;

  @OneOf(TOKEN_TRANSPORTS, { about: ABOUT_TRANSPORT, optional: true })
  transport?: TokenTransport;

  @Flag({ ...CANCEL_DELETION, about: `${CANCEL_DELETION.about} It takes another challenge, and another signature.` })
  cancelDeletion?: boolean;
}

export function toSecondSignIn(body: FinishSignInDto): SecondSignIn {
  return { answer: toAnswer(body), ...toWayIn(body), trustDevice: body.trustDevice ?? false };
}

export function toPasskeySignIn(body: PasskeySignInDto): PasskeySignIn {
  const { challenge, assertion } = body;
  return { challenge, assertion: toAssertion(assertion), ...toWayIn(body) };
}
