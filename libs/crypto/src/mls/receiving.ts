import { type CiphersuiteImpl, emptyPskIndex, processPublicMessage, type MLSMessage } from 'ts-mls';
import type { Commit } from 'ts-mls/commit.js';
import { unprotectPrivateMessage } from 'ts-mls/messageProtection.js';
import type { SecretTreeNode } from 'ts-mls/secretTree.js';
import { type CommitHeader, type FramePlace, LIMITS, readCommit, readPrivateMessage } from '#protocol';
import type { Bytes } from '../sealing.js';
import { checkSize, decoded } from './arriving.js';
import { checkChange, committerOf, type MembersChange } from './commit-rules.js';
import { type GroupMember, membersOf, MlsGroup } from './group.js';
import { droppedKeys, type GroupState, settled, withConfig, withoutPastEpochs } from './group-state.js';
import { clientConfig, isSameDevice, type Judge } from './judging.js';
import { checkKeyPackage } from './key-packages.js';
import { MlsError } from './mls.errors.js';

/** Levels of the widest tree: a path has at most one node of each. */
const MAX_PATH_NODES = Math.ceil(Math.log2(LIMITS.mlsDevices));

/** A message was opened. */
export interface OpenedMessage {
  readonly kind: 'message';
  readonly group: MlsGroup;
  readonly sender: GroupMember;
  readonly epoch: number;
  /** What was encrypted: it is still padded. */
  readonly content: Bytes;
  /** To be compared with the `messageContextBytes` of its place. */
  readonly authenticatedData: Bytes;
  /** Messages of its sender in this epoch that have not come, between it and the one that was furthest before. */
  readonly missingBefore: number;
  /** Whether one that its sender made later has come before it. */
  readonly isLate: boolean;
  readonly spent: readonly Uint8Array[];
}

/** A commit of another device was followed. */
export interface FollowedCommit {
  readonly kind: 'commit';
  /** Undefined when it removes this device: then everything of the group is to be deleted. */
  readonly group: MlsGroup | undefined;
  /** Who made it, with its leaf from now on. */
  readonly sender: GroupMember;
  /** Whether the sender has come back from outside, in the place of the leaf that it had. */
  readonly isFromOutside: boolean;
  readonly added: readonly GroupMember[];
  readonly removed: readonly GroupMember[];
  /** To be read by `readCommitContext`, and held against what the commit does. */
  readonly authenticatedData: Bytes;
  readonly spent: readonly Uint8Array[];
}

export async function openMessage(suite: CiphersuiteImpl, group: MlsGroup, bytes: Uint8Array): Promise<OpenedMessage> {
  checkSize(bytes, LIMITS.ciphertextBytes);
  const frame = readPrivateMessage(bytes);
  const { senderDataSecret, secretTree, ratchetTree, groupContext } = receivingKeys(group, frame);
  const message = decoded(bytes);
  if (message.wireformat !== 'mls_private_message') throw new MlsError('malformed', 'It is no message.');
  const kept = clientConfig().keyRetentionConfig;
  const opened = await unprotectPrivateMessage(
    senderDataSecret,
    message.privateMessage,
    secretTree,
    ratchetTree,
    groupContext,
    kept,
    suite,
  );
  const { content } = opened.content;
  if (content.contentType !== 'application' || content.sender.senderType !== 'member')
    throw new MlsError('malformed', 'It is no message of a member.');
  const { leafIndex } = content.sender;
  const sender = membersOf(ratchetTree).find((member) => member.leafIndex === leafIndex);
  if (sender === undefined) throw new MlsError('not_authentic', 'A message is of nobody.');
  return {
    kind: 'message',
    group: MlsGroup.of(withSecretTree(group.state, frame.epoch, opened.tree)),
    sender,
    epoch: frame.epoch,
    content: new Uint8Array(content.applicationData),
    authenticatedData: new Uint8Array(frame.authenticatedData),
    ...orderOf(secretTree[2 * leafIndex], opened.tree[2 * leafIndex]),
    spent: opened.consumed,
  };
}

/** A sender counts its messages: what the relay keeps back or mixes up leaves a mark, whatever positions it gives them. */
function orderOf(before: SecretTreeNode | undefined, after: SecretTreeNode | undefined) {
  const advanced = (after?.application.generation ?? 0) - (before?.application.generation ?? 0);
  return { missingBefore: Math.max(0, advanced - 1), isLate: advanced === 0 };
}

/** @throws {MlsError} `wrong_group`, `epoch_passed` or `epoch_ahead` */
function receivingKeys(group: MlsGroup, place: FramePlace) {
  checkGroup(group, place);
  const { state } = group;
  if (place.epoch > group.epoch) throw new MlsError('epoch_ahead', 'A commit before the message is missing.');
  if (place.epoch === group.epoch) return { ...state, senderDataSecret: state.keySchedule.senderDataSecret };
  const past = state.historicalReceiverData.get(BigInt(place.epoch));
  if (past === undefined) throw new MlsError('epoch_passed', 'The keys of that epoch are gone.');
  return past;
}

function withSecretTree(state: GroupState, epoch: number, secretTree: GroupState['secretTree']): GroupState {
  const past = state.historicalReceiverData.get(BigInt(epoch));
  if (past === undefined) return { ...state, secretTree };
  const historicalReceiverData = new Map(state.historicalReceiverData).set(BigInt(epoch), { ...past, secretTree });
  return { ...state, historicalReceiverData };
}

export async function followCommit(
  suite: CiphersuiteImpl,
  group: MlsGroup,
  { bytes, judge, nowSeconds }: { bytes: Uint8Array; judge: Judge; nowSeconds: number },
): Promise<FollowedCommit> {
  checkSize(bytes, LIMITS.mlsCommitBytes);
  const header = readCommit(bytes);
  checkGroup(group, header);
  if (header.epoch < group.epoch) throw new MlsError('epoch_passed', 'The group has gone on from there.');
  if (header.epoch > group.epoch) throw new MlsError('epoch_ahead', 'A commit before this one is missing.');
  committerOf(group, header);
  const change = checkChange(group, header, nowSeconds);
  const { publicMessage } = commitMessage(bytes);
  const config = clientConfig({ judge, occasion: 'update', added: header.added, addedAs: 'admitted' });
  const { newState, consumed } = await processPublicMessage(
    withConfig(group.state, config),
    publicMessage,
    emptyPskIndex,
    suite,
  );
  const isFromOutside = header.senderLeaf === undefined;
  const isRemoved = newState.groupActiveState.kind !== 'active';
  const state = settled(isFromOutside || change.removed.length === 0 ? newState : withoutPastEpochs(newState));
  return {
    kind: 'commit',
    group: isRemoved ? undefined : MlsGroup.of(state),
    isFromOutside,
    ...nowNamed(header, change, membersOf(state.ratchetTree)),
    authenticatedData: new Uint8Array(header.authenticatedData),
    spent: [...consumed, ...droppedKeys(group.state, state)],
  };
}

/** Who is meant, with the leaves of the tree after the commit. */
function nowNamed(
  { leaf, added, senderLeaf }: CommitHeader,
  { removed }: MembersChange,
  members: readonly GroupMember[],
) {
  const named = ({ identity, signatureKey }: CommitHeader['leaf']): GroupMember => {
    const found = members.find((member) => isSameDevice(member.identity, identity));
    // A removed device does not see the new leaf of whoever committed from outside; no commit does both.
    return { leafIndex: found?.leafIndex ?? -1, identity, signatureKey: new Uint8Array(signatureKey) };
  };
  return {
    sender: named(leaf),
    added: added.map((keyPackage) => named(keyPackage.leaf)),
    removed: senderLeaf === undefined ? [] : removed,
  };
}

function checkGroup(group: MlsGroup, { conversationId, generation }: FramePlace): void {
  if (conversationId !== group.name.conversationId || generation !== group.name.generation)
    throw new MlsError('wrong_group', 'It is of another group.');
}

/** A commit of which no list is longer than it can be for good. @throws {MlsError} `malformed` */
function commitMessage(bytes: Uint8Array): Extract<MLSMessage, { wireformat: 'mls_public_message' }> {
  const message = decoded(bytes);
  if (message.wireformat !== 'mls_public_message' || message.publicMessage.content.contentType !== 'commit')
    throw new MlsError('malformed', 'It is no commit.');
  checkCommit(message.publicMessage.content.commit);
  return message;
}

function checkCommit({ path, proposals }: Commit): void {
  if (path === undefined || path.nodes.length > MAX_PATH_NODES || path.leafNode.extensions.length > 0)
    throw new MlsError('malformed', 'The path of a commit is not one that is used here.');
  for (const entry of proposals)
    if (entry.proposalOrRefType === 'proposal' && entry.proposal.proposalType === 'add')
      checkKeyPackage(entry.proposal.add.keyPackage);
}
