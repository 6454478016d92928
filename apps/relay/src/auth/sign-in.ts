import type { DeviceId, Kdf } from '#protocol';
import type { Account } from '../accounts/index.js';
import type { Device } from '../devices/index.js';
import type { OpenedSession, TokenTransport } from '../sessions/index.js';
import type { AccessToken } from './access-tokens.service.js';

/** Which device a session is for: one the account has, or a new one. */
export type DeviceChoice =
  { readonly kind: 'known'; readonly id: DeviceId } | { readonly kind: 'new'; readonly name: string };

export interface Registration {
  readonly username: string;
  readonly displayName: string;
  readonly authKey: Buffer;
  readonly kdf: Kdf;
  readonly deviceName: string;
  readonly transport: TokenTransport;
}

export interface SignIn {
  readonly username: string;
  readonly authKey: Buffer;
  readonly device: DeviceChoice;
  readonly transport: TokenTransport;
}

/** What a sign-in leaves in the database. */
export interface SignInRecord {
  readonly account: Account;
  readonly device: Device;
  readonly opened: OpenedSession;
}

/** What continues a session. */
export interface Tokens extends AccessToken {
  readonly sessionId: string;
  readonly refreshToken: string;
  readonly transport: TokenTransport;
}

export interface SignedIn {
  readonly account: Account;
  readonly device: Device;
  readonly tokens: Tokens;
}
