import type { MlsDevice, MlsEngine } from '#crypto';
import type { Kdf } from '#protocol';
import type { RelayClient } from '../relay/relay-client.js';
import type { SealedStore } from '../store/sealed-store.js';
import type { OwnIdentityKey } from './own-identity-key.js';
import type { VaultClient } from './vault-client.js';

/** A device that is signed in and unlocked. */
export interface OpenAccount {
  readonly accountId: string;
  readonly username: string;
  readonly deviceId: string;
  /** How the password is turned into keys. It stays as it was when the account was made. */
  readonly kdf: Kdf;
  readonly store: SealedStore;
  readonly relay: RelayClient;
  readonly device: MlsDevice;
  readonly engine: MlsEngine;
  readonly identity: OwnIdentityKey;
  readonly vault: VaultClient;
}
