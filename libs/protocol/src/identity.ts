import { canonicalBytes } from './canonical.js';

/** Identity-key algorithms: `ed25519` keys can sign their successor, `x25519` and `p256` (for key agreement) cannot. */
export const IDENTITY_ALGORITHMS = ['ed25519', 'x25519', 'p256'] as const;
export type IdentityAlgorithm = (typeof IDENTITY_ALGORITHMS)[number];

/** Raw public-key length in bytes; `p256` is the uncompressed point. */
export const IDENTITY_KEY_BYTES = { ed25519: 32, x25519: 32, p256: 65 } as const satisfies Record<
  IdentityAlgorithm,
  number
>;

/** One link of an account's identity-key history. */
export interface IdentityLink {
  readonly accountId: string;
  readonly version: number;
  readonly algorithm: IdentityAlgorithm;
  readonly publicKey: Uint8Array;
  /** SHA-256 of the previous link's {@link identityLinkBytes}; 32 zero bytes for version 1. */
  readonly prevHash: Uint8Array;
}

/** The canonical bytes of a link: what the next link hashes, and what the previous key signs to name its successor. */
export function identityLinkBytes({ accountId, version, algorithm, publicKey, prevHash }: IdentityLink): Uint8Array {
  return canonicalBytes('sealpost identity link 1', [accountId, version, algorithm, publicKey, prevHash]);
}
