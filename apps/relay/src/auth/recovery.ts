import type { Kdf } from '#protocol';
import type { Device } from '../devices/index.js';
import type { Answer } from '../mfa/index.js';
import type { WayIn } from './sign-in.js';

/** A key that opens an account without its password, and the vault's root under the code that the key comes of. */
export interface RecoverySetup {
  readonly recoveryKey: Buffer;
  readonly rootBody: Buffer;
}

export interface RecoveryClaim {
  readonly username: string;
  readonly recoveryKey: Buffer;
}

/** What is found behind a key. */
export interface OpenedRecovery {
  readonly accountId: string;
  readonly rootBody: Buffer;
  /** For whoever lost the password, and maybe all of these. */
  readonly devices: readonly Device[];
}

/** Everything that takes the place of what was lost, and of the code that is spent. */
export interface Recovery extends RecoveryClaim, WayIn {
  readonly authKey: Buffer;
  readonly kdf: Kdf;
  readonly rootBody: Buffer;
  readonly next: RecoverySetup;
  /** To what was asked for beside the key. */
  readonly answer: Answer | undefined;
}
