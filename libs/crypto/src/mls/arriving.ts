import {
  type CiphersuiteImpl,
  type ClientState,
  decodeMlsMessage,
  emptyPskIndex,
  joinGroup,
  joinGroupExternal,
  type MLSMessage,
} from 'ts-mls';
import type { GroupInfo } from 'ts-mls/groupInfo.js';
import { makeKeyPackageRef } from 'ts-mls/keyPackage.js';
import type { RatchetTree } from 'ts-mls/ratchetTree.js';
import { decryptGroupInfo, decryptGroupSecrets } from 'ts-mls/welcome.js';
import {
  type LeafHeader,
  LIMITS,
  MalformedMlsError,
  readGroupId,
  readGroupInfo,
  readRatchetTree,
  readWelcome,
} from '#protocol';
import type { MlsDevice } from './devices.js';
import { type GroupMember, membersOf } from './group.js';
import { checkTotalLifetime, clientConfig, isLeafOf, type Judge } from './judging.js';
import { newKeyPackage, type OwnKeyPackage, toHex } from './key-packages.js';
import { MlsError, refusing } from './mls.errors.js';

/** What a device says when it comes into a group by what others have sent. */
export interface Arrival {
  /** UUID of the conversation that the group has to be of. */
  readonly conversationId: string;
  /** Judges every leaf of the tree. */
  readonly judge: Judge;
  /** Told by whom a Welcome is signed, and who is in its group: whatever it throws is thrown. */
  readonly admit?: (welcomedBy: GroupMember, members: readonly GroupMember[]) => void;
}

/** @throws {MlsError} as {@link MlsEngine.join} does, or whatever {@link refusing} makes one of. */
export async function joined(
  suite: CiphersuiteImpl,
  bytes: Uint8Array,
  { own, conversationId, judge, admit }: Arrival & { own: OwnKeyPackage },
): Promise<ClientState> {
  const welcome = decodedWelcome(bytes);
  if (welcome.cipherSuite !== suite.name)
    throw new MlsError('wrong_suite', 'A Welcome has another suite than the key package.');
  const { hash, hpke } = suite;
  const ref = await makeKeyPackageRef(own.publicPackage, hash);
  const initKey = hpke.importPrivateKey(own.privatePackage.initPrivateKey);
  const secrets = await decryptGroupSecrets(await initKey, ref, welcome, hpke);
  if (secrets === undefined || secrets.psks.length > 0)
    throw new MlsError('malformed', 'A Welcome needs more than it brings.');
  // Looked at before ts-mls builds on it, which decrypts it once more.
  const groupInfo = await decryptGroupInfo(welcome, secrets.joinerSecret, new Uint8Array(suite.kdf.size), suite);
  if (groupInfo === undefined) throw new MlsError('malformed', 'A Welcome has no GroupInfo.');
  checkGroupInfo(groupInfo, suite, conversationId);
  const config = clientConfig({ judge, occasion: 'join' });
  const { publicPackage, privatePackage } = own;
  const state = await joinGroup(
    welcome,
    publicPackage,
    privatePackage,
    emptyPskIndex,
    suite,
    undefined,
    undefined,
    config,
  );
  checkLeaves(state.ratchetTree);
  const members = membersOf(state.ratchetTree);
  const welcomedBy = members.find(({ leafIndex }) => leafIndex === groupInfo.signer);
  if (welcomedBy === undefined) throw new MlsError('malformed', 'A Welcome is signed by nobody in its group.');
  admit?.(welcomedBy, members);
  return state;
}

/**
 * The key packages that a Welcome lets in, each as `welcomeRef` of it: the device that has the secrets of one may join.
 * @throws {MlsError} `too_large` or `malformed`
 */
export function welcomeRefs(welcome: Uint8Array): Promise<string[]> {
  return refusing(() => decodedWelcome(welcome).secrets.map(({ newMember }) => toHex(newMember)));
}

function decodedWelcome(bytes: Uint8Array) {
  checkSize(bytes, LIMITS.mlsWelcomeBytes);
  readWelcome(bytes);
  const message = decoded(bytes);
  if (message.wireformat !== 'mls_welcome') throw new MlsError('malformed', 'It is no Welcome.');
  return message.welcome;
}

/** A GroupInfo as whoever comes back from outside has it. */
export function openGroupInfo(bytes: Uint8Array): GroupInfo {
  checkSize(bytes, LIMITS.mlsGroupInfoBytes);
  readGroupInfo(bytes);
  const message = decoded(bytes);
  if (message.wireformat !== 'mls_group_info') throw new MlsError('malformed', 'It is no GroupInfo.');
  return message.groupInfo;
}

/** Commits from outside (RFC 9420 §12.4.3.2): the device's new leaf in the place of its present one. */
export async function rejoined(
  suite: CiphersuiteImpl,
  groupInfo: GroupInfo,
  { device, conversationId, judge, authenticatedData }: Arrival & { device: MlsDevice; authenticatedData: Uint8Array },
) {
  const own: LeafHeader = { identity: device, signatureKey: device.signatureKey };
  if (!checkGroupInfo(groupInfo, suite, conversationId).some((leaf) => leaf !== undefined && isLeafOf(leaf, own)))
    throw new MlsError('not_a_member', 'This device has no leaf in the group.');
  // Nobody sees its lifetime: its leaf is replaced by that of the commit.
  const { publicPackage, privatePackage } = await newKeyPackage(suite, device, { notBefore: 0, notAfter: 0 });
  const config = clientConfig({ judge, occasion: 'join' });
  const result = await joinGroupExternal(
    groupInfo,
    publicPackage,
    privatePackage,
    true,
    suite,
    undefined,
    config,
    authenticatedData,
  );
  checkLeaves(result.newState.ratchetTree);
  return result;
}

/** @returns the leaves of its tree. @throws {MlsError}, MalformedMlsError */
function checkGroupInfo(
  { groupContext, extensions }: GroupInfo,
  suite: CiphersuiteImpl,
  conversationId: string,
): (LeafHeader | undefined)[] {
  if (groupContext.cipherSuite !== suite.name) throw new MlsError('wrong_suite', 'A group has another suite.');
  if (readGroupId(groupContext.groupId)?.conversationId !== conversationId)
    throw new MlsError('wrong_group', 'A group is of another conversation.');
  const trees = extensions.filter(({ extensionType }) => extensionType === 'ratchet_tree');
  const others = extensions.filter(
    ({ extensionType }) => extensionType !== 'ratchet_tree' && extensionType !== 'external_pub',
  );
  const [tree] = trees;
  if (tree === undefined || trees.length > 1 || others.length > 0 || groupContext.extensions.length > 0)
    throw new MlsError('malformed', 'A group has extensions that are not used here, or no tree.');
  return readRatchetTree(tree.extensionData);
}

/** Whether a leaf has expired is no matter any more: its device has been in the group since. */
function checkLeaves(tree: RatchetTree): void {
  for (const node of tree) {
    if (node?.nodeType !== 'leaf') continue;
    if (node.leaf.extensions.length > 0)
      throw new MlsError('malformed', 'A leaf has extensions that are not used here.');
    if (node.leaf.leafNodeSource === 'key_package') checkTotalLifetime(node.leaf.lifetime);
  }
}

/** @throws {MlsError} `too_large` */
export function checkSize({ length }: Uint8Array, maxBytes: number): void {
  if (length > maxBytes) throw new MlsError('too_large', `It has ${length} bytes, of at most ${maxBytes}.`);
}

/** One message and nothing after it. */
export function decoded(bytes: Uint8Array): MLSMessage {
  const [message, length] = decodeMlsMessage(bytes, 0) ?? [];
  if (message === undefined || length !== bytes.length) throw new MalformedMlsError('it cannot be decoded');
  return message;
}
