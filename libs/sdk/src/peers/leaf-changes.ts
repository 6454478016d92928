import type { GroupMember } from '#crypto';
import type { DeviceIdentity } from '#protocol';
import { isSameDevice } from './belief.js';
import type { Peer } from './peer.js';

/** What a commit has to change for a group to have the devices that its accounts vouch for. */
export interface LeafChanges {
  /** Devices that are on their list, but not in the group. */
  readonly add: readonly DeviceIdentity[];
  /** Leaves of devices that are not on their list, or stand there with another key. */
  readonly remove: readonly number[];
}

/**
 * Of peers whose key has changed, nobody is added. Leaves of accounts that are not among the peers are left as they are: who is in
 * a conversation is not decided by lists of devices.
 */
export function leafChangesOf(members: readonly GroupMember[], peers: readonly Peer[]): LeafChanges {
  const changes = peers.map((peer) => changesOf(members, peer));
  const remove = changes.flatMap((change) => change.remove).sort((one, other) => one - other);
  return { add: changes.flatMap((change) => change.add), remove };
}

function changesOf(members: readonly GroupMember[], { accountId, state, devices }: Peer): LeafChanges {
  const leaves = members.flatMap(({ identity, signatureKey, leafIndex }) =>
    identity.accountId === accountId
      ? [{ leafIndex, deviceId: identity.deviceId, mlsSigningKey: new Uint8Array(signatureKey) }]
      : [],
  );
  const missing = devices.filter((device) => !leaves.some((leaf) => isSameDevice(leaf, device)));
  const surplus = leaves.filter((leaf) => !devices.some((device) => isSameDevice(leaf, device)));
  return {
    add: state === 'changed' ? [] : missing.map(({ deviceId }) => ({ accountId, deviceId })),
    remove: surplus.map(({ leafIndex }) => leafIndex),
  };
}
