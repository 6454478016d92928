import type { CiphersuiteImpl } from 'ts-mls';
import { applyUpdatePathSecret } from 'ts-mls/createCommit.js';
import { deriveSecret } from 'ts-mls/crypto/kdf.js';
import type { GroupContext } from 'ts-mls/groupContext.js';
import { verifyLeafNodeSignature } from 'ts-mls/leafNode.js';
import { verifyParentHashes } from 'ts-mls/parentHash.js';
import { pathToRoot } from 'ts-mls/pathSecrets.js';
import { mergePrivateKeyPaths, type PrivateKeyPath, toPrivateKeyPath } from 'ts-mls/privateKeyPath.js';
import { decodeProposal } from 'ts-mls/proposal.js';
import {
  addLeafNode,
  decodeRatchetTree,
  encodeRatchetTree,
  type RatchetTree,
  removeLeafNode,
  resolution,
  updateLeafNode,
} from 'ts-mls/ratchetTree.js';
import { treeHash, treeHashRoot } from 'ts-mls/treeHash.js';
import { leafToNodeIndex, leafWidth, root, toLeafIndex, toNodeIndex } from 'ts-mls/treemath.js';
import { applyUpdatePath, createUpdatePath, decodeUpdatePath, type UpdatePath } from 'ts-mls/updatePath.js';
import { MLS_SUITES } from '#protocol';
import { bytes, holds, read, same, type Vector } from './suite.fixture.js';

export async function treeOperations(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  const tree = read('tree', decodeRatchetTree, v.tree_before);
  same('hash before', await treeHashRoot(tree, cs.hash), bytes(v.tree_hash_before));
  const after = changed(tree, v);
  same('tree', encodeRatchetTree(after), bytes(v.tree_after));
  same('hash after', await treeHashRoot(after, cs.hash), bytes(v.tree_hash_after));
}

function changed(tree: RatchetTree, v: Vector): RatchetTree {
  const proposal = read('proposal', decodeProposal, v.proposal);
  if (proposal.proposalType === 'add') return addLeafNode(tree, proposal.add.keyPackage.leafNode)[0];
  if (proposal.proposalType === 'update')
    return updateLeafNode(tree, proposal.update.leafNode, toLeafIndex(v.proposal_sender));
  if (proposal.proposalType === 'remove') return removeLeafNode(tree, toLeafIndex(proposal.remove.removed));
  throw new Error('it changes no tree');
}

export async function treeValidation(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  const tree = read('tree', decodeRatchetTree, v.tree);
  for (const [index, expected] of v.resolutions.entries())
    same(`resolution of ${index}`, resolution(tree, toNodeIndex(index)), expected);
  for (const [index, expected] of v.tree_hashes.entries())
    same(`hash of ${index}`, await treeHash(tree, toNodeIndex(index), cs.hash), bytes(expected));
  holds('parent hashes', await verifyParentHashes(tree, cs.hash));
  for (const [index, node] of tree.entries())
    if (node?.nodeType === 'leaf')
      holds(`leaf ${index}`, await verifyLeafNodeSignature(node.leaf, bytes(v.group_id), index / 2, cs.signature));
}

export async function treekem(v: Vector, cs: CiphersuiteImpl): Promise<void> {
  const tree = read('tree', decodeRatchetTree, v.ratchet_tree);
  const context = {
    version: 'mls10' as const,
    cipherSuite: cs.name,
    groupId: bytes(v.group_id),
    epoch: BigInt(v.epoch),
    treeHash: new Uint8Array(),
    confirmedTranscriptHash: bytes(v.confirmed_transcript_hash),
    extensions: [],
  };
  const keys = new Map<number, PrivateKeyPath>();
  for (const leaf of v.leaves_private) keys.set(leaf.index, await keysOf(leaf, cs));
  for (const its of v.update_paths) {
    const path = read('path', decodeUpdatePath, its.update_path);
    const sender = toLeafIndex(its.sender);
    holds('its leaf', await verifyLeafNodeSignature(path.leafNode, context.groupId, its.sender, cs.signature));
    const updated = await applyUpdatePath(tree, sender, path, cs.hash);
    holds('its parent hashes', await verifyParentHashes(updated, cs.hash));
    same('hash', await treeHashRoot(updated, cs.hash), bytes(its.tree_hash_after));
    const groupContext = { ...context, treeHash: bytes(its.tree_hash_after) };
    for (const [leaf, ofLeaf] of keys) {
      if (leaf === its.sender) continue;
      const found = await opened(ofLeaf, { tree: updated, path, sender: its.sender, groupContext }, cs);
      same(`path secret of ${leaf}`, found.pathSecret, bytes(its.path_secrets[leaf]));
      same(`commit secret of ${leaf}`, found.commitSecret, bytes(its.commit_secret));
    }
    // In other suites than ours it takes minutes.
    if (v.cipher_suite === MLS_SUITES.x25519) await ownPath(v, { tree, sender: its.sender, context, keys }, cs);
  }
}

interface Sent {
  readonly tree: RatchetTree;
  readonly path: UpdatePath;
  readonly sender: number;
  readonly groupContext: GroupContext;
}

async function keysOf(leaf: Vector, cs: CiphersuiteImpl): Promise<PrivateKeyPath> {
  const secrets = Object.fromEntries(leaf.path_secrets.map((one: Vector) => [one.node, bytes(one.path_secret)]));
  const ofLeaf = { leafIndex: leaf.index, privateKeys: { [leafToNodeIndex(leaf.index)]: bytes(leaf.encryption_priv) } };
  return mergePrivateKeyPaths(await toPrivateKeyPath(secrets, leaf.index, cs), ofLeaf);
}

async function opened(keys: PrivateKeyPath, { tree, path, sender, groupContext }: Sent, cs: CiphersuiteImpl) {
  const found = await applyUpdatePathSecret(tree, keys, toLeafIndex(sender), groupContext, path, [], cs);
  const above = await pathToRoot(tree, found.nodeIndex, found.pathSecret, cs.kdf);
  const top = above[root(leafWidth(tree.length))] ?? new Uint8Array();
  return { pathSecret: found.pathSecret, commitSecret: await deriveSecret(top, 'path', cs.kdf) };
}

interface Sending {
  readonly tree: RatchetTree;
  readonly sender: number;
  readonly context: GroupContext;
  readonly keys: ReadonlyMap<number, PrivateKeyPath>;
}

/** A path that is made here is opened alike by everybody. */
async function ownPath(v: Vector, { tree, sender, context, keys }: Sending, cs: CiphersuiteImpl): Promise<void> {
  const by = v.leaves_private.find(({ index }: Vector) => index === sender);
  const [made, path] = await createUpdatePath(tree, toLeafIndex(sender), context, bytes(by.signature_priv), cs);
  const updated = await applyUpdatePath(tree, toLeafIndex(sender), path, cs.hash);
  same('a new tree', encodeRatchetTree(updated), encodeRatchetTree(made));
  const groupContext = { ...context, epoch: context.epoch + 1n, treeHash: await treeHashRoot(made, cs.hash) };
  const found = new Set<string>();
  for (const [leaf, ofLeaf] of keys)
    if (leaf !== sender)
      found.add(String((await opened(ofLeaf, { tree: updated, path, sender, groupContext }, cs)).commitSecret));
  same('new commit secrets', found.size, 1);
}
