import { versionOf } from './belief.js';
import type { PeerRecord } from './peer-record.js';
import type { PeerName } from './peer.js';

/** That the user has compared somebody's key, for their own other devices. */
export interface VerifiedContact extends PeerName {
  /** SHA-256 of the raw identity key, in hex. */
  readonly fingerprint: string;
}

/** What is pinned of somebody before anything has been seen. */
export const UNSEEN = {
  keys: [],
  list: null,
  verified: null,
  decidedVersion: 0,
  believed: { keyVersion: 0, list: null },
  seen: [],
} as const;

/** A record with what the user has verified on another own device, unless they have decided about a later key here. */
export function withVerification(
  pinned: PeerRecord | undefined,
  { username, fingerprint }: VerifiedContact,
): PeerRecord {
  if (pinned === undefined) return { ...UNSEEN, username, verified: fingerprint };
  const { keys, verified, decidedVersion } = pinned;
  const decided = Math.max(decidedVersion, verified === null ? 0 : versionOf(keys, verified));
  const version = versionOf(keys, fingerprint);
  // A key that has not been seen here can only be a later one.
  return version !== 0 && version < decided ? pinned : { ...pinned, verified: fingerprint };
}
