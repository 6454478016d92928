import {
  CryptoError,
  decodeBase64Url,
  type FollowedCommit,
  type GroupMember,
  type Judge,
  MlsError,
  type MlsEngine,
  MlsGroup,
} from '#crypto';
import { type CommitContext, MalformedMlsError, readCommit, readCommitContext, type RosterDelta } from '#protocol';
import type { ConversationBook } from '../conversations/conversation-book.js';
import type { ConversationRecord, Trouble } from '../conversations/conversation-record.js';
import { maySign } from '../conversations/roster.js';
import { type PendingCommit, PENDING_COMMITS, pendingCommitKey } from '../groups/pending-commit.js';
import { PeerError } from '../peers/peers.errors.js';
import type { RecordReader } from '../store/sealed-store.js';
import type { LogEntry } from './log-item.js';
import type { Step } from './step.js';

interface CommitSteps {
  readonly store: RecordReader;
  readonly group: () => Promise<MlsGroup | undefined>;
  readonly engine: MlsEngine;
  readonly accountId: string;
  readonly judge: Judge;
  readonly book: ConversationBook;
}

/** A commit of the log: followed, if it is of the group that this device is in, and if somebody may have made it. */
export async function commitStep(steps: CommitSteps, record: ConversationRecord, entry: LogEntry): Promise<Step> {
  const pending = await steps.store.get(PENDING_COMMITS, pendingCommitKey(entry.conversationId));
  if (pending?.record.context.commitId === entry.id)
    return ownCommit(steps, record, { entry, pending: pending.record });
  try {
    const step = await foreignCommit(steps, record, entry);
    return pending !== undefined && isOvertaken(pending.record, entry) ? withoutPending(step, entry) : step;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return inTrouble(record, entry, 'bad_commit');
  }
}

/** By MLS, for who is in it, or because it cannot even be read: in any case nothing behind it waits. */
function isRefused(error: unknown): boolean {
  return [MlsError, PeerError, MalformedMlsError, CryptoError].some((refusal) => error instanceof refusal);
}

interface Taken {
  readonly entry: LogEntry;
  readonly pending: PendingCommit;
}

/** The relay has taken it: the group after it is the group now. */
function ownCommit({ accountId }: CommitSteps, record: ConversationRecord, { entry, pending }: Taken): Step {
  const { context, generation, parts } = pending;
  return {
    record: {
      ...record,
      generation,
      ...announcement(context, accountId),
      trouble: undefined,
      sentSinceUpdate: 0,
      updatedAtMs: Date.parse(entry.createdAt),
    },
    group: MlsGroup.fromParts(new Map(parts)),
    delete: [pendingAt(entry.conversationId)],
    events: record.trouble === undefined ? [] : [cleared(entry)],
  };
}

async function foreignCommit(steps: CommitSteps, record: ConversationRecord, entry: LogEntry): Promise<Step> {
  const group = await steps.group();
  if (group === undefined || entry.ciphertext === undefined) return { record };
  const bytes = decodeBase64Url(entry.ciphertext);
  const { generation, epoch, added } = readCommit(bytes);
  // What came before this device was let in, or of a group that has been replaced.
  if (generation < group.name.generation || (generation === group.name.generation && epoch < group.epoch))
    // After a restoration of the relay it can only be of those who have gone another way from there.
    return record.restoration === undefined ? { record } : inTrouble(record, entry, 'lost_group');
  // Somebody has begun anew, or the relay says so: nothing here is signed by anybody of this group. What is here is kept until a
  // Welcome brings this device along.
  if (generation > group.name.generation) return inTrouble(record, entry, 'lost_group');
  const newcomers = added.map(({ leaf }) => leaf.identity.accountId);
  await steps.book.learnNames(entry.conversationId, newcomers, entry.seq);
  const nowSeconds = Date.parse(entry.createdAt) / 1000;
  const followed = await steps.engine.follow(group, bytes, { judge: steps.judge, nowSeconds });
  const context = await authorised(steps, record, { entry, group, followed });
  if (followed.group === undefined) return left({ ...record, generation: 0 }, entry);
  return {
    record: { ...record, ...announcement(context, followed.sender.identity.accountId) },
    group: followed.group,
    spent: followed.spent,
  };
}

interface Following {
  readonly entry: LogEntry;
  readonly group: MlsGroup;
  readonly followed: FollowedCommit;
}

/** What its sender signed, if it is of this place and theirs to sign. @throws {MlsError} `not_allowed` or `not_authentic` */
async function authorised(
  steps: CommitSteps,
  record: ConversationRecord,
  { entry, group, followed }: Following,
): Promise<CommitContext> {
  const { sender, added } = followed;
  const context = readCommitContext(followed.authenticatedData);
  const isOfHere = context?.conversationId === entry.conversationId && context.commitId === entry.id;
  const isSenders = sender.identity.accountId === entry.senderId && sender.identity.deviceId === entry.senderDeviceId;
  if (context === undefined || !isOfHere || !isSenders)
    throw new MlsError('not_authentic', 'A commit is not what the relay says it is.');
  const { delta } = context;
  // Who was in when the relay was asked need not be who was when this was signed.
  const isBelieved = entry.seq <= record.believedUntil;
  const signer = record.members.find(({ accountId }) => accountId === sender.identity.accountId);
  const inGroup = new Set([...accountsOf(group.members()), ...delta.added, ...pairOf(record)]);
  const brings = added.every(({ identity }) => inGroup.has(identity.accountId));
  const isTheirs = isBelieved || maySign(delta, signer, record.members);
  if (!isTheirs || !brings || !(await mayRemove(steps, record, { entry, followed, leaving: delta.removed })))
    throw new MlsError('not_allowed', 'A commit changes what its sender may not change.');
  if (!isAsSigned(delta, group, followed))
    throw new MlsError('not_allowed', 'A commit does not do to leaves what was signed about the members.');
  return context;
}

/** Whoever joins has a device in the group afterwards, and whoever is removed has none. */
function isAsSigned(delta: RosterDelta, group: MlsGroup, { added, removed }: FollowedCommit): boolean {
  const leaving = new Set(removed.map(({ leafIndex }) => leafIndex));
  const staying = accountsOf(group.members().filter(({ leafIndex }) => !leaving.has(leafIndex)));
  const joining = accountsOf(added);
  return (
    delta.added.every((accountId) => joining.has(accountId)) &&
    delta.removed.every((accountId) => !staying.has(accountId) && !joining.has(accountId))
  );
}

interface Removal extends Pick<Following, 'entry' | 'followed'> {
  /** Who was signed out. */
  readonly leaving: readonly string[];
}

/** A leaf goes with its member, by its owner, or because its account does not list the device any more. */
async function mayRemove(
  { judge }: CommitSteps,
  { members, believedUntil }: ConversationRecord,
  { entry, followed, leaving }: Removal,
): Promise<boolean> {
  // The members are of a later moment: somebody may have left, and come back since. Who is put out reads less, not more.
  if (entry.seq <= believedUntil) return true;
  const { sender, removed, isFromOutside } = followed;
  const present = new Set(members.map(({ accountId }) => accountId));
  for (const { identity, signatureKey } of removed) {
    const { accountId } = identity;
    if (isFromOutside || leaving.includes(accountId) || accountId === sender.identity.accountId) continue;
    if (!present.has(accountId)) continue;
    const isListed = await judge({ device: identity, signatureKey: new Uint8Array(signatureKey), occasion: 'remove' });
    if (isListed) return false;
  }
  return true;
}

function left(record: ConversationRecord, { conversationId }: LogEntry): Step {
  return { record, group: 'gone', events: [{ kind: 'conversation', conversationId }] };
}

/** Another commit has begun the epoch: ours is void, and what it was for has to be thought over. */
function isOvertaken(pending: PendingCommit, { ciphertext }: LogEntry): boolean {
  if (ciphertext === undefined) return false;
  const { generation, epoch } = readCommit(decodeBase64Url(ciphertext));
  return pending.generation === generation && pending.epoch === epoch;
}

function withoutPending(step: Step, { conversationId }: LogEntry): Step {
  return { ...step, delete: [...(step.delete ?? []), pendingAt(conversationId)] };
}

function inTrouble(record: ConversationRecord, { conversationId }: LogEntry, trouble: Trouble): Step {
  return { record: { ...record, trouble }, events: [{ kind: 'trouble', conversationId, trouble }] };
}

function cleared({ conversationId }: LogEntry) {
  return { kind: 'trouble', conversationId, trouble: undefined } as const;
}

/** A commit that changes nobody is followed by no entry about members. */
function announcement({ delta }: CommitContext, signer: string): Pick<ConversationRecord, 'announced' | 'announcedBy'> {
  const isChange = delta.added.length + delta.removed.length + delta.roles.length > 0;
  return isChange ? { announced: delta, announcedBy: signer } : { announced: undefined, announcedBy: undefined };
}

function accountsOf(members: readonly GroupMember[]): Set<string> {
  return new Set(members.map(({ identity }) => identity.accountId));
}

/** Both of a direct conversation may bring their devices in whenever they like. */
function pairOf({ kind, members }: ConversationRecord): string[] {
  return kind === 'direct' ? members.map(({ accountId }) => accountId) : [];
}

function pendingAt(conversationId: string) {
  return { table: PENDING_COMMITS.table, key: pendingCommitKey(conversationId) } as const;
}
