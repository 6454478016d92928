import type { Bytes, MlsDevice, MlsEngine, SigningKey } from '#crypto';
import type { Kdf } from '#protocol';
import type { RelayClient } from '../relay/relay-client.js';
import type { SealedStore } from '../store/sealed-store.js';
import type { VaultClient } from './vault-client.js';

/** The key that vouches for an account's devices. */
export interface AccountIdentity {
  /** Raw Ed25519: 32 bytes. */
  readonly publicKey: Bytes;
  /** Of its history at the relay. */
  readonly version: number;
  /** What signs with it. */
  readonly signingKey: SigningKey;
}

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
  readonly identity: AccountIdentity;
  readonly vault: VaultClient;
}
