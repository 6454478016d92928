import { believedDevices, isSameDevice, isVouchedFor, type PeerState, stateOf } from './belief.js';
import type { PeerDevice, PeerRecord } from './peer-record.js';

/** Whom to look up. */
export interface PeerName {
  /** UUID. */
  readonly accountId: string;
  readonly username: string;
}

/** Somebody, as far as is known here. */
export interface Peer extends PeerName {
  readonly state: PeerState;
  /** SHA-256 of the newest identity key in hex: what the user decides about. */
  readonly fingerprint: string;
  readonly keyVersion: number;
  /** The devices that are believed, by ascending id. */
  readonly devices: readonly PeerDevice[];
}

/** What the user is to be told. */
export type PeerNote =
  | {
      readonly kind: 'identity_changed';
      readonly accountId: string;
      readonly fingerprint: string;
      /** Whether the key before has signed the new one; after a reset it has not. */
      readonly isSigned: boolean;
      /** `changed` if the user has to decide before anything is sent. */
      readonly state: PeerState;
    }
  | { readonly kind: 'device_added'; readonly accountId: string; readonly deviceId: string };

/** A peer, and what is new of them since they were seen last. */
export interface RefreshedPeer extends Peer {
  readonly notes: readonly PeerNote[];
}

/** @returns undefined for whom no key has been seen of. */
export function peerOf(accountId: string, record: PeerRecord): Peer | undefined {
  const fingerprint = record.keys.at(-1)?.fingerprint;
  if (fingerprint === undefined) return undefined;
  const { username, keys } = record;
  const devices = believedDevices(record);
  return { accountId, username, state: stateOf(record), fingerprint, keyVersion: keys.length, devices };
}

/** What has changed for the user from one record to the next; nothing at first sight, but a key that is not the verified one. */
export function notesOf(peer: Peer, before: PeerRecord | undefined, after: PeerRecord): PeerNote[] {
  const { accountId, fingerprint, state, keyVersion, devices } = peer;
  const knownVersion = before?.keys.length ?? 0;
  if (before === undefined || (knownVersion === 0 && state !== 'changed')) return [];
  const isSigned = isVouchedFor(after.keys, knownVersion || after.believed.keyVersion, keyVersion);
  const changed = { kind: 'identity_changed', accountId, fingerprint, isSigned, state } as const;
  const known = believedDevices(before);
  const added = devices.filter((device) => !known.some((other) => isSameDevice(device, other)));
  return [
    ...(keyVersion > knownVersion ? [changed] : []),
    ...added.map(({ deviceId }) => ({ kind: 'device_added', accountId, deviceId }) as const),
  ];
}
