import { type CommitHeader, type KeyPackageHeader, LIMITS, type MlsSuite } from '#protocol';
import type { GroupMember, MlsGroup } from './group.js';
import { checkLifetime, isLeafOf } from './judging.js';
import { MlsError } from './mls.errors.js';

/** What a commit would do to a group. */
interface Change {
  readonly added: readonly KeyPackageHeader[];
  /** Indexes of leaves. */
  readonly removed: readonly number[];
}

/** What a change does, by name. */
export interface MembersChange {
  readonly added: readonly KeyPackageHeader[];
  readonly removed: readonly GroupMember[];
}

/**
 * Holds a change against the group, before ts-mls has it: that walks paths of leaves which are not there until the end of time
 * (docs/adr/0008-ts-mls-patched.md), and compares every leaf with every other.
 *
 * @throws {MlsError} `not_allowed`, `wrong_suite`, `too_many_devices` or `lifetime`
 */
export function checkChange(group: MlsGroup, { added, removed }: Change, nowSeconds: number): MembersChange {
  const members = group.members();
  const indexes = new Set(removed);
  const leaving = members.filter(({ leafIndex }) => indexes.has(leafIndex));
  if (leaving.length !== removed.length)
    throw new MlsError('not_allowed', 'A commit removes a leaf that is not there, or one twice.');
  if (members.length - removed.length + added.length > LIMITS.mlsDevices)
    throw new MlsError('too_many_devices', `A group has at most ${LIMITS.mlsDevices} devices.`);
  const staying = members.filter(({ leafIndex }) => !indexes.has(leafIndex));
  checkAdded(added, staying, group.suite);
  for (const keyPackage of added) checkLifetime(keyPackage, nowSeconds);
  return { added, removed: leaving };
}

function checkAdded(added: readonly KeyPackageHeader[], staying: readonly GroupMember[], suite: MlsSuite): void {
  if (added.some((keyPackage) => keyPackage.suite !== suite))
    throw new MlsError('wrong_suite', 'A key package has another suite than the group.');
  const devices = [...staying, ...added.map(({ leaf }) => leaf)].map(({ identity }) => JSON.stringify(identity));
  if (new Set(devices).size !== devices.length)
    throw new MlsError('not_allowed', 'A commit adds a device that is in the group already, or one twice.');
}

/**
 * Who commits, and that it stays the same device with the same key: only its list of devices, at its admission, says which key
 * a device has. One that comes from outside (RFC 9420 §12.4.3.2) replaces its own leaf and does nothing else.
 *
 * @throws {MlsError} `own_commit`, or `not_allowed`
 */
export function committerOf(group: MlsGroup, { senderLeaf, leaf, added, removed }: CommitHeader): GroupMember {
  const isExternal = senderLeaf === undefined;
  if (isExternal && (added.length > 0 || removed.length !== 1))
    throw new MlsError('not_allowed', 'Who commits from outside replaces a leaf of its own, and does nothing else.');
  const replaced = isExternal ? removed[0] : senderLeaf;
  if (replaced === group.ownLeafIndex) throw new MlsError('own_commit', 'This device has made the commit itself.');
  const before = group.members().find(({ leafIndex }) => leafIndex === replaced);
  if (before === undefined || !isLeafOf(leaf, before))
    throw new MlsError('not_allowed', 'Who commits has no leaf, or becomes another device, or has another key.');
  if (!isExternal && removed.includes(senderLeaf))
    throw new MlsError('not_allowed', 'Nobody commits their own removal.');
  return before;
}
