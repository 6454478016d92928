import {
  type CommitHeader,
  type ConversationId,
  type EntryId,
  type FramePlace,
  MalformedMlsError,
  readCommit,
  readCommitContext,
  readGroupInfo,
  readWelcome,
  type RosterDelta,
} from '#protocol';
import { InvalidCommit } from './mls.errors.js';

/** What a device wants to be the next epoch of a group. */
export interface CommitUpload {
  /** Chosen by the client; the same id again is the same commit. */
  readonly id: EntryId;
  /** MLSMessage with a PublicMessage. */
  readonly commit: Buffer;
  /** MLSMessage with a Welcome, when the commit adds devices. */
  readonly welcome: Buffer | undefined;
  /** MLSMessage with the GroupInfo of the new epoch. */
  readonly groupInfo: Buffer;
}

/** A commit that has been read. Nothing in it has been verified: its signatures are for the members to check. */
export interface Commit extends CommitUpload {
  readonly conversationId: ConversationId;
  readonly header: CommitHeader;
  /** The conversation that its sender signed it for. */
  readonly signedFor: string;
  /** What its sender signed about the roster. */
  readonly delta: RosterDelta;
}

/** Reads what was uploaded, and holds its parts against each other. @throws {InvalidCommit} */
export function readUpload(conversationId: ConversationId, upload: CommitUpload): Commit {
  const header = reading('commit', () => readCommit(upload.commit));
  const context = readCommitContext(header.authenticatedData);
  if (context === undefined)
    throw new InvalidCommit('The authenticated data of the commit is not of the documented form.');
  if (context.commitId !== upload.id) throw new InvalidCommit('The commit was signed under another id.');
  checkWelcome(upload.welcome, header);
  const next = { ...header, epoch: header.epoch + 1 };
  if (!isPlace(placeOfGroupInfo(upload.groupInfo), next))
    throw new InvalidCommit('The group info is not of the epoch that the commit begins.');
  return { ...upload, conversationId, header, signedFor: context.conversationId, delta: context.delta };
}

/**
 * Whether a commit says that it belongs where it was sent. Asked of members only: to everybody else, a conversation that is
 * not theirs and one that is not there are the same.
 * @throws {InvalidCommit}
 */
export function checkConversation({ conversationId, header, signedFor }: Commit): void {
  if (header.conversationId !== conversationId || signedFor !== conversationId)
    throw new InvalidCommit('The commit is of another conversation.');
}

/** Reads a GroupInfo that comes without a commit. @throws {InvalidCommit} */
export function placeOfGroupInfo(groupInfo: Buffer): FramePlace {
  return reading('groupInfo', () => readGroupInfo(groupInfo));
}

function checkWelcome(welcome: Buffer | undefined, { added }: CommitHeader): void {
  const newMembers = welcome === undefined ? 0 : reading('welcome', () => readWelcome(welcome)).newMembers;
  if (newMembers !== added.length)
    throw new InvalidCommit('The welcome must let in exactly the devices that the commit adds.');
}

function isPlace(one: FramePlace, other: FramePlace): boolean {
  return (
    one.conversationId === other.conversationId && one.generation === other.generation && one.epoch === other.epoch
  );
}

function reading<T>(part: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedMlsError) throw new InvalidCommit(`${part}: ${error.message}`);
    throw error;
  }
}
