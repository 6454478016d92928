import { LIMITS } from '#protocol';

/** Bounds of what is read and kept of one account. */
export const PEER_LIMITS = {
  /** Identity keys that an account has had. */
  identityKeys: 1_000,
  /** Lists that were current since the one that is pinned, and are read. */
  earlierLists: LIMITS.pageItems,
  /** Devices that are remembered after they have left their list; the oldest are forgotten. */
  formerDevices: 256,
} as const;

/** An identity key as a relay serves it: nothing of it has been checked. */
export interface ServedKey {
  readonly accountId: string;
  readonly version: number;
  readonly algorithm: string;
  readonly publicKey: Uint8Array;
  readonly prevHash: Uint8Array;
  /** Null for the first key, and after a reset. */
  readonly signature: Uint8Array | null;
}

/** A list of devices as a relay serves it: nothing of it has been checked. */
export interface ServedList {
  /** Its bytes as they were signed. */
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
  /** The bytes of those that were current before it, oldest first: the newest ones, back to the one that the asker knows. */
  readonly earlier: readonly Uint8Array[];
}

/** Where a {@link PeerDirectory} asks about people. Whatever it answers is held against signatures and what is pinned. */
export interface PeerSource {
  /** The account's identity keys, oldest first and all of them; none if nobody has that name. */
  identityHistory(username: string): Promise<readonly ServedKey[]>;

  /** The newest list; null before the first. @param known the version of the newest one that is pinned; 0 for none. */
  devices(username: string, known: number): Promise<ServedList | null>;
}
