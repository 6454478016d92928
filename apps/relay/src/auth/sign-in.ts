import type { DeviceId, Kdf, SessionId } from '#protocol';
import type { Account } from '../accounts/index.js';
import type { Change } from '../changes/index.js';
import type { Device } from '../devices/index.js';
import type { Answer, Assertion } from '../mfa/index.js';
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
  /** By which somebody may register where not everybody may. */
  readonly invitation: Buffer | undefined;
}

/** Common to all ways in. */
export interface WayIn {
  readonly device: DeviceChoice;
  readonly transport: TokenTransport;
  /** Whether an account that is to be deleted is kept. */
  readonly cancelDeletion: boolean;
}

export interface SignIn extends WayIn {
  readonly username: string;
  readonly authKey: Buffer;
  /** By which a device says that it need not be asked for a second factor. */
  readonly trustToken: Buffer | undefined;
}

/** The second step of a sign-in whose secret was right. */
export interface SecondSignIn extends WayIn {
  readonly answer: Answer;
  /** Whether the device wants not to be asked again for a while. */
  readonly trustDevice: boolean;
}

/** A sign-in by a passkey alone. */
export interface PasskeySignIn extends WayIn {
  readonly challenge: string;
  readonly assertion: Assertion;
}

/** A session that is to be opened for an account. */
export interface Entry extends WayIn {
  readonly at: Date;
  /** When a second factor was shown for it. */
  readonly factorAt?: Date | undefined;
}

/** What a sign-in leaves in the database. */
export interface SignInRecord {
  readonly account: Account;
  readonly device: Device;
  readonly opened: OpenedSession;
}

/** What has changed by a sign-in beside. */
export interface Entered extends SignInRecord {
  readonly changes: Change[];
  /** Whether the account was to be deleted until then. */
  readonly isKept: boolean;
}

/** What continues a session. */
export interface Tokens extends AccessToken {
  readonly sessionId: SessionId;
  readonly refreshToken: string;
  readonly transport: TokenTransport;
}

export interface SignedIn {
  readonly account: Account;
  readonly device: Device;
  readonly tokens: Tokens;
  /** For a device that is trusted from now on. */
  readonly trustToken?: string;
}
