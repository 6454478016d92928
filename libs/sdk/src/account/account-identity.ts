import type { Bytes, SigningKey } from '#crypto';

/** The key that vouches for an account's devices. */
export interface AccountIdentity {
  /** Raw Ed25519: 32 bytes. */
  readonly publicKey: Bytes;
  /** Of its history at the relay. */
  readonly version: number;
  /** What signs with it. */
  readonly signingKey: SigningKey;
}
