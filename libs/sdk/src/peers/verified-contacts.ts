import { versionOf } from './belief.js';
import type { PeerRecord } from './peer-record.js';
import type { PeerName } from './peer.js';

/** What the user has decided about somebody's key, for their own other devices. */
export interface VerifiedContact extends PeerName {
  /** SHA-256 of the raw identity key, in hex. */
  readonly fingerprint: string;
  /** Whether they have compared it; false if they go on with it without that. */
  readonly isVerified: boolean;
  /** Milliseconds since the epoch: of two decisions the later one counts. */
  readonly decidedAtMs: number;
}

/** What is pinned of somebody before anything has been seen. */
export const UNSEEN = {
  keys: [],
  list: null,
  verified: null,
  decidedVersion: 0,
  decidedAtMs: 0,
  believed: { keyVersion: 0, list: null },
  seen: [],
} as const;

/** What the user has decided here, or has elsewhere as far as this device knows; undefined if nothing. */
export function decisionOf(accountId: string, record: PeerRecord): VerifiedContact | undefined {
  const { username, keys, verified, decidedVersion, decidedAtMs } = record;
  const fingerprint = verified ?? keys[decidedVersion - 1]?.fingerprint;
  if (fingerprint === undefined) return undefined;
  return { accountId, username, fingerprint, isVerified: verified !== null, decidedAtMs };
}

/** A record with what the user has decided on another own device, unless they have decided here since, or about a later key. */
export function withDecision(pinned: PeerRecord | undefined, contact: VerifiedContact): PeerRecord {
  const { username, fingerprint, isVerified, decidedAtMs } = contact;
  const record = pinned ?? { ...UNSEEN, username };
  const { keys, verified } = record;
  if (record.decidedAtMs >= decidedAtMs) return record;
  const version = versionOf(keys, fingerprint);
  // That a key need not be compared says nothing about the ones after it.
  if (!isVerified)
    return version === keys.length && version > 0
      ? { ...record, verified: null, decidedVersion: version, decidedAtMs }
      : record;
  const decided = Math.max(record.decidedVersion, verified === null ? 0 : versionOf(keys, verified));
  // A key that has not been seen here can only be a later one.
  return version !== 0 && version < decided ? record : { ...record, verified: fingerprint, decidedAtMs };
}
