import type { AccountId, DeviceId, GroupPlace } from '#protocol';
import type { Leaf, Roster } from '../conversations/index.js';
import { ConversationFull } from '../conversations/index.js';
import { RemovalPending, StaleEpoch } from '../entries/index.js';
import { Forbidden } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import type { Commit } from './commit.js';
import { InvalidCommit } from './mls.errors.js';

/** A group under its conversation's row lock. */
export interface LockedGroup {
  readonly roster: Roster;
  /** By ascending index. */
  readonly leaves: readonly Leaf[];
  /** Those among them that have to go. */
  readonly due: readonly Leaf[];
}

/** What a commit does to the leaves of a group. */
export interface LeavesPlan {
  /** Where the group stands after it. */
  readonly place: GroupPlace;
  /** Whether it begins a group: the leaves of the one before are of no use any more. */
  readonly begins: boolean;
  /** Leaves that are no more, those of a group before included. */
  readonly gone: readonly Leaf[];
  /** Leaves that are new. */
  readonly added: readonly Leaf[];
  /** Among them, the devices that a Welcome lets in. */
  readonly welcomed: readonly Leaf[];
  /** All there are from now on. */
  readonly after: readonly Leaf[];
  /** Whether somebody must not read on: messages of earlier epochs are refused then. */
  readonly removes: boolean;
}

/**
 * What a commit does to the leaves, as every member will compute it (RFC 9420 §12.4.2): removals first, then each addition
 * in the leftmost free place.
 * @throws {StaleEpoch} @throws {InvalidCommit} @throws {Forbidden} @throws {ConversationFull}
 */
export function planLeaves(commit: Commit, caller: Caller, group: LockedGroup, atMost: number): LeavesPlan {
  const { header } = commit;
  const begins = beginsGroup(commit, group.roster.head.group);
  const own: Leaf = { leaf: 0, accountId: caller.accountId, deviceId: caller.deviceId };
  if (!isOf(header.leaf.identity, caller)) throw new InvalidCommit('The path is not of the device that sends it.');
  const before = begins ? [own] : group.leaves;
  const removed = removedLeaves(commit, before);
  checkSender(commit, caller, { before, removed });
  const staying = before.filter((leaf) => !removed.includes(leaf));
  const joining = header.senderLeaf === undefined ? [header.leaf] : header.added.map(({ leaf }) => leaf);
  const placed = placeLeaves(
    staying,
    joining.map(({ identity }) => ({
      accountId: identity.accountId as AccountId,
      deviceId: identity.deviceId as DeviceId,
    })),
  );
  const after = [...staying, ...placed];
  if (after.length > atMost) throw new ConversationFull();
  return {
    place: { generation: header.generation, epoch: header.epoch + 1 },
    begins,
    gone: begins ? group.leaves : removed,
    added: begins ? after : placed,
    welcomed: header.senderLeaf === undefined ? [] : placed,
    after,
    removes: begins || (header.senderLeaf !== undefined && removed.length > 0),
  };
}

/** Only of who leaves with this commit, who is gone already, and of one's own devices, a leaf may be removed. */
export function checkRemovals(
  commit: Commit,
  caller: Caller,
  { gone, begins }: LeavesPlan,
  due: readonly Leaf[],
): void {
  if (begins) return;
  const leaving = new Set<string>([...commit.delta.removed, caller.accountId]);
  const isAllowed = ({ leaf, accountId }: Leaf): boolean =>
    leaving.has(accountId) || due.some((one) => one.leaf === leaf);
  if (!gone.every(isAllowed)) throw new Forbidden('A member’s device is removed with the member, or by its owner.');
}

/**
 * Nobody is let into a group with leaves that have to go: a newcomer cannot look up an account that has left before, and would
 * have to refuse the Welcome. @throws {RemovalPending}
 */
export function checkWelcome({ begins, welcomed, after }: LeavesPlan, due: readonly Leaf[]): void {
  if (begins || welcomed.length === 0) return;
  const staying = new Set(after.map(({ deviceId }) => deviceId));
  if (due.some(({ deviceId }) => staying.has(deviceId))) throw new RemovalPending();
}

/** Holds the leaves against the roster: who joins has a device, who leaves has none, and nobody else has any. */
export function checkRoster(plan: LeavesPlan, delta: Commit['delta'], staying: readonly AccountId[]): void {
  const present = new Set<string>([...staying, ...delta.added]);
  const withLeaf = new Set<string>(plan.after.map(({ accountId }) => accountId));
  if (delta.removed.some((accountId) => withLeaf.has(accountId)))
    throw new InvalidCommit('A member that leaves keeps a device in the group.');
  if (delta.added.some((accountId) => !withLeaf.has(accountId)))
    throw new InvalidCommit('A member that joins has no device in the group.');
  if (plan.added.some(({ accountId }) => !present.has(accountId)))
    throw new InvalidCommit('A device was added of somebody who is no member.');
}

/** Compare-and-swap on generation and epoch: the next epoch of the group there is, or the first one of the next group. */
function beginsGroup({ header }: Commit, current: GroupPlace): boolean {
  const { generation, epoch } = header;
  if (generation === current.generation && epoch === current.epoch) return false;
  if (generation === current.generation + 1 && epoch === 0) return true;
  throw new StaleEpoch(current);
}

function removedLeaves({ header }: Commit, before: readonly Leaf[]): Leaf[] {
  const removed = before.filter(({ leaf }) => header.removed.includes(leaf));
  if (removed.length !== header.removed.length)
    throw new InvalidCommit('A leaf is removed twice, or there is no such leaf.');
  return removed;
}

interface Leaves {
  readonly before: readonly Leaf[];
  readonly removed: readonly Leaf[];
}

/** Whoever commits does so from their own leaf, or replaces just it from outside. */
function checkSender({ header, delta }: Commit, caller: Caller, { before, removed }: Leaves): void {
  if (header.senderLeaf !== undefined) {
    const sender = before.find(({ leaf }) => leaf === header.senderLeaf);
    if (sender === undefined || !isOf(sender, caller))
      throw new Forbidden('This leaf is not of the device that sends.');
    if (removed.includes(sender)) throw new InvalidCommit('A device cannot remove itself: leave instead.');
    return;
  }
  const own = before.find((leaf) => isOf(leaf, caller));
  const changesOthers = header.added.length + delta.added.length + delta.removed.length + delta.roles.length > 0;
  if (changesOthers || own === undefined || removed.length !== 1 || removed[0] !== own)
    throw new InvalidCommit('From outside, a device only takes its own place.');
}

function placeLeaves(staying: readonly Leaf[], joining: readonly Omit<Leaf, 'leaf'>[]): Leaf[] {
  const taken = new Set(staying.map(({ leaf }) => leaf));
  const devices = new Set<string>(staying.map(({ deviceId }) => deviceId));
  let next = 0;
  return joining.map((device) => {
    if (devices.has(device.deviceId)) throw new InvalidCommit('A device is in the group already, or added twice.');
    devices.add(device.deviceId);
    while (taken.has(next)) next++;
    taken.add(next);
    return { leaf: next, ...device };
  });
}

interface Owned {
  readonly accountId: string;
  readonly deviceId: string;
}

function isOf(one: Owned, other: Owned): boolean {
  return one.accountId === other.accountId && one.deviceId === other.deviceId;
}
