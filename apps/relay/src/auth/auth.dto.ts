import { type DeviceId, LIMITS, LINE_PATTERN } from '#protocol';
import type { Account } from '../accounts/index.js';
import { DeviceDto, DeviceNameDto, toDeviceDto } from '../devices/index.js';
import { Examples } from '../platform/http/examples.js';
import {
  Base64Url,
  bytesOf,
  Either,
  Flag,
  Int,
  Nested,
  OneOf,
  OpenEnum,
  Text,
  Time,
  Username,
  Uuid,
} from '../platform/http/fields.js';
import { TOKEN_TRANSPORTS, type TokenTransport } from '../sessions/index.js';
import { DeviceNotChosen } from './auth.errors.js';
import { KDF_SHAPES, type KdfDto, toKdf } from './kdf.dto.js';
import type { DeviceChoice, Registration, SignedIn, SignIn, Tokens, WayIn } from './sign-in.js';

const PRIVACY = ['everyone', 'contacts'] as const;
/** Of an example. */
const AUTH_KEY = '74PJFuBrQYRTX9y7Sh-wzKk_gH7BZmKd3R24AyCvYkw';
/** Of the field by which all ways in keep an account. */
export const CANCEL_DELETION = {
  about:
    'Keeps an account that is to be deleted. Without it, such an account is not let in (`account_deletion_pending`).',
  optional: true,
} as const;
const authKey = { minBytes: LIMITS.authKeyBytes, maxBytes: LIMITS.authKeyBytes };
export const ABOUT_AUTH_KEY =
  'The 32 bytes the client derives from the password for signing in. The password itself never leaves the client.';
export const ABOUT_TRANSPORT =
  'Where the refresh token goes, for the life of the session: `body` (default), or `cookie` for browsers, which needs a ' +
  'matching Origin and the header `sealpost-csrf: 1`.';

export class AccountDto {
  @Uuid({ about: 'Id of the account.' })
  id: string;

  @Username({ about: 'Its name; never given out again.' })
  username: string;

  @Text({ about: 'What it wants to be called.', max: LIMITS.displayNameChars, example: 'Ada Lovelace' })
  displayName: string;

  @OpenEnum(PRIVACY, {
    about: 'Who may start a conversation with it: everyone, or contacts while others can only ask.',
  })
  privacy: string;

  @Flag({ about: 'Whether it administers the relay.' })
  admin: boolean;

  @Time({ about: 'When it was registered.' })
  createdAt: string;
}

export class RegisterDto {
  @Username({ about: 'The name to have. It cannot be changed.' })
  username: string;

  @Text({
    about: 'What to be called; the username when absent.',
    min: 1,
    max: LIMITS.displayNameChars,
    pattern: LINE_PATTERN,
    optional: true,
    example: 'Ada Lovelace',
  })
  displayName?: string;

  @Base64Url({ about: ABOUT_AUTH_KEY, ...authKey })
  authKey: string;

  @Either('algorithm', KDF_SHAPES, { about: 'How the client derives its keys from the password.' })
  kdf: KdfDto;

  @Nested(() => DeviceNameDto, { about: 'The first device.' })
  device: DeviceNameDto;

  @OneOf(TOKEN_TRANSPORTS, { about: ABOUT_TRANSPORT, optional: true })
  transport?: TokenTransport;

  @Base64Url({
    about:
      'The code of an invitation, where registering takes one (`registration` of the server). Elsewhere nobody looks at it.',
    minBytes: LIMITS.invitationCodeBytes,
    maxBytes: LIMITS.invitationCodeBytes,
    optional: true,
  })
  invitation?: string;
}

@Examples<typeof LoginDto>({
  knownDevice: { username: 'ada', authKey: AUTH_KEY, deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' as DeviceId },
  newDevice: { username: 'ada', authKey: AUTH_KEY, device: { name: 'Laptop' } },
  browser: { username: 'ada', authKey: AUTH_KEY, device: { name: 'Firefox' }, transport: 'cookie' },
})
export class LoginDto {
  @Username({ about: 'Who signs in.' })
  username: string;

  @Base64Url({ about: ABOUT_AUTH_KEY, ...authKey })
  authKey: string;

  @Uuid({ about: 'The device that signs in, if the account has it already.', optional: true })
  deviceId?: DeviceId;

  @Nested(() => DeviceNameDto, { about: 'The new device that signs in; either this or `deviceId`.', optional: true })
  device?: DeviceNameDto;

  @OneOf(TOKEN_TRANSPORTS, { about: ABOUT_TRANSPORT, optional: true })
  transport?: TokenTransport;

  @Base64Url({
    about: 'Of a device that is trusted: it is not asked for a second factor. Goes with `deviceId`.',
    minBytes: 32,
    maxBytes: 32,
    optional: true,
  })
  trustToken?: string;

  @Flag(CANCEL_DELETION)
  cancelDeletion?: boolean;
}

@Examples<typeof RefreshDto>({ inBody: { refreshToken: AUTH_KEY }, inCookie: {} })
export class RefreshDto {
  @Base64Url({
    about: 'The refresh token; absent when it travels in the cookie.',
    minBytes: 32,
    maxBytes: 32,
    optional: true,
  })
  refreshToken?: string;
}

export class TokensDto {
  @Uuid({ about: 'The session that the tokens belong to.' })
  sessionId: string;

  @Text({
    about: 'For `Authorization: Bearer` and for the handshake of sockets. Opaque.',
    max: 1_024,
    example: 'eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJhY2Nlc3MifQ.c2VhbGVk',
  })
  accessToken: string;

  @Int({ about: 'Seconds until the access token expires.', min: 0, example: 600 })
  expiresIn: number;

  @Base64Url({
    about: 'Good for one refresh. Absent when it travels in the cookie.',
    minBytes: 32,
    maxBytes: 32,
    optional: true,
  })
  refreshToken?: string;
}

export class SignedInDto extends TokensDto {
  @Nested(() => AccountDto, { about: 'Who signed in.' })
  account: AccountDto;

  @Nested(() => DeviceDto, { about: 'The device that signed in.' })
  device: DeviceDto;

  @Base64Url({
    about: 'For a device that is trusted from now on, to be kept there and shown by it at its next sign-in.',
    minBytes: 32,
    maxBytes: 32,
    optional: true,
  })
  trustToken?: string;
}

export class ChangeAccountDto {
  @Text({
    about: 'What to be called.',
    min: 1,
    max: LIMITS.displayNameChars,
    pattern: LINE_PATTERN,
    optional: true,
    example: 'Ada Lovelace',
  })
  displayName?: string;

  @OneOf(PRIVACY, { about: 'Who may start a conversation with me.', optional: true })
  privacy?: (typeof PRIVACY)[number];
}

export class ConfirmDto {
  @Base64Url({ about: ABOUT_AUTH_KEY, ...authKey })
  authKey: string;
}

export function toRegistration(body: RegisterDto): Registration {
  const { username, displayName, authKey, kdf, device, transport, invitation } = body;
  return {
    username,
    displayName: displayName ?? username,
    authKey: Buffer.from(authKey, 'base64url'),
    kdf: toKdf(kdf),
    deviceName: device.name,
    transport: transport ?? 'body',
    invitation: invitation === undefined ? undefined : bytesOf(invitation),
  };
}

export function toSignIn(body: LoginDto): SignIn {
  const { username, authKey, trustToken } = body;
  return {
    username,
    authKey: Buffer.from(authKey, 'base64url'),
    ...toWayIn(body),
    trustToken: trustToken === undefined ? undefined : bytesOf(trustToken),
  };
}

/** What all ways in say alike. */
export function toWayIn(body: Pick<LoginDto, 'deviceId' | 'device' | 'transport' | 'cancelDeletion'>): WayIn {
  const { transport, cancelDeletion } = body;
  return {
    device: toDeviceChoice(body),
    transport: transport ?? 'body',
    cancelDeletion: cancelDeletion ?? false,
  };
}

function toDeviceChoice({ deviceId, device }: Pick<LoginDto, 'deviceId' | 'device'>): DeviceChoice {
  if (deviceId !== undefined && device === undefined) return { kind: 'known', id: deviceId };
  if (device !== undefined && deviceId === undefined) return { kind: 'new', name: device.name };
  throw new DeviceNotChosen();
}

export function toAccountDto({ id, username, displayName, privacy, isAdmin, createdAt }: Account): AccountDto {
  return { id, username, displayName, privacy, admin: isAdmin, createdAt: createdAt.toISOString() };
}

/** A token that travels in the cookie stands nowhere else. */
function tokenFields({ sessionId, accessToken, expiresInSeconds, refreshToken, transport }: Tokens) {
  const inBody = transport === 'body' ? { refreshToken } : {};
  return { sessionId, accessToken, expiresIn: expiresInSeconds, ...inBody };
}

export function toTokensDto(tokens: Tokens): TokensDto {
  return tokenFields(tokens);
}

export function toSignedInDto({ account, device, tokens, trustToken }: SignedIn): SignedInDto {
  const trust = trustToken === undefined ? {} : { trustToken };
  return { ...tokenFields(tokens), account: toAccountDto(account), device: toDeviceDto(device, device.id), ...trust };
}
