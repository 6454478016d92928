import type { DerivationCost } from './account/account.js';
import type { DeviceLink } from './linking/device-link.js';
import type { SignInOptions } from './mfa/second-factor.js';
import type { TokenTransport } from './relay/refresh-cookie.js';
import type { Store } from './store/store.js';
import type { Waiting } from './waiting.js';

/** Where the relay is, and where this device keeps what it has. */
export interface SealpostOptions {
  /** `https://relay.example` */
  readonly url: string;
  /** One device's: `NodeStore` of `@sealpost/sdk/node`, `IndexedDbStore` of `@sealpost/sdk/browser`. */
  readonly store: Store;
  /** The platform's, if left out. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch; the platform's clock, if left out. */
  readonly now?: () => number;
  /**
   * Where refresh tokens are: in a cookie that no script can read, or sealed in the store. If left out, a cookie for scripts of
   * the relay's own origin. The cookie is for pages of the relay's site, and for one account in a browser.
   */
  readonly tokenTransport?: TokenTransport;
  /** While the socket is not connected, the relay is asked every so many milliseconds; 30,000 if left out. */
  readonly pollMs?: number;
  /** Whether others hear how far this account has read; they do if left out. What is delivered they hear in any case. */
  readonly readReceipts?: boolean;
}

/** Who somebody is, and on which device. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** For people, in the list of devices; `device` if left out. */
  readonly deviceName?: string;
}

/** Who has lost the password, and kept the recovery code. */
export type Recovery = Omit<Credentials, 'password'> & { readonly code: string; readonly newPassword: string };

/** Who makes an account. */
export type Registration = Credentials & {
  readonly displayName?: string;
  readonly cost?: DerivationCost;
  /** The code of an invitation, where the relay wants one: `sealpost.registration()` is `invite`. */
  readonly invitation?: string;
};

/** What a new device shows, and what comes of it. */
export interface WaitingLink {
  /** To be shown as a QR code, or to be copied; `sealpost-link:1.…` */
  readonly code: string;
  /** Resolves when the other device has read the code. */
  readonly answered: (waiting?: Waiting) => Promise<DeviceLink<[password: string, options?: SignInOptions]>>;
}

/** How a device waits to be linked. */
export interface LinkOptions {
  /** For people, in the list of devices; `device` if left out. */
  readonly deviceName?: string;
  readonly signal?: AbortSignal;
}

/** A device that a passkey has signed in: it has a session, and opens by the password. */
export interface PasskeySignIn {
  readonly username: string;
  /** Opens the account; it may be asked again with another password. @throws {AccountError} `wrong_password` */
  readonly unlock: (password: string, waiting?: Waiting) => Promise<void>;
  /** Takes the device back. */
  readonly cancel: () => Promise<void>;
}
