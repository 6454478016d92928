import type { ClientConfig, ClientState } from 'ts-mls';
import type { EpochReceiverData } from 'ts-mls/epochReceiverData.js';
import type { RatchetTree } from 'ts-mls/ratchetTree.js';
import type { SecretTree, SecretTreeNode } from 'ts-mls/secretTree.js';
import { directPath, leafToNodeIndex, leafWidth, toLeafIndex } from 'ts-mls/treemath.js';

/** What ts-mls keeps of a group, but for the rules of the call, which no state outlives. */
export type GroupState = Omit<ClientState, 'clientConfig'>;

/** As many as the relay takes messages of. */
const PAST_EPOCHS = 2;

const NOTHING = new Uint8Array();
/** Commits are public here, so nothing is ever encrypted with these keys. */
const UNUSED_RATCHET = { secret: NOTHING, generation: 0, unusedGenerations: {} };

export function withConfig(state: GroupState, config: ClientConfig): ClientState {
  return { ...state, clientConfig: config };
}

/**
 * A state as it is kept after a step: without keys that are of no use any more or never were, and of past epochs with nothing
 * but what reads their messages. What the step has not touched is the same object as before, so that it need not be written.
 */
export function settled({ clientConfig: _ofTheCall, ...state }: ClientState): GroupState {
  return {
    ...state,
    // The device signs by its own key, see cipherSuite.
    signaturePrivateKey: NOTHING,
    secretTree: isSettled(state.secretTree) ? state.secretTree : ratchetsOf(state.secretTree, state.ratchetTree),
    keySchedule: { ...state.keySchedule, confirmationKey: NOTHING, resumptionPsk: NOTHING },
    privatePath: { ...state.privatePath, privateKeys: keysInUse(state) },
    historicalReceiverData: newest(state.historicalReceiverData),
  };
}

/** After a removal nothing of an earlier epoch is taken any more: whoever was removed could have made it since. */
export function withoutPastEpochs(state: ClientState): ClientState {
  return { ...state, historicalReceiverData: new Map() };
}

/** The message keys of epochs that a step has left behind. */
export function droppedKeys(before: GroupState, after: GroupState): Uint8Array[] {
  const present = { secretTree: before.secretTree, senderDataSecret: before.keySchedule.senderDataSecret };
  const epochs = new Map([...before.historicalReceiverData, [before.groupContext.epoch, present] as const]);
  const isKept = (epoch: bigint) => epoch === after.groupContext.epoch || after.historicalReceiverData.has(epoch);
  return [...epochs].filter(([epoch]) => !isKept(epoch)).flatMap(([, keys]) => messageKeys(keys));
}

function messageKeys({ secretTree, senderDataSecret }: Pick<EpochReceiverData, 'secretTree' | 'senderDataSecret'>) {
  const ratchets = Object.values(secretTree).map(({ application }) => application);
  const skipped = ratchets.flatMap(({ unusedGenerations }) => Object.values(unusedGenerations));
  return [senderDataSecret, ...ratchets.map(({ secret }) => secret), ...skipped];
}

export function ratchetNode(application: SecretTreeNode['application']): SecretTreeNode {
  return { application, handshake: UNUSED_RATCHET };
}

/** ts-mls makes ratchets for every node of the tree; only devices send. */
function ratchetsOf(secrets: SecretTree, tree: RatchetTree): SecretTree {
  const kept: SecretTree = [];
  kept.length = secrets.length;
  for (const [index, node] of secrets.entries())
    if (tree[index]?.nodeType === 'leaf') kept[index] = ratchetNode(node.application);
  return kept;
}

function isSettled(secrets: SecretTree): boolean {
  return Object.values(secrets).every(({ handshake }) => handshake === UNUSED_RATCHET);
}

/** Keys of nodes that have been blanked since open nothing that is still to come. */
function keysInUse({ privatePath, ratchetTree }: GroupState): Record<number, Uint8Array> {
  const own = leafToNodeIndex(toLeafIndex(privatePath.leafIndex));
  const isMember = ratchetTree[own] !== undefined;
  const path = isMember ? [own, ...directPath(own, leafWidth(ratchetTree.length))] : [];
  const used = path.filter((index) => ratchetTree[index] !== undefined && index in privatePath.privateKeys);
  return Object.fromEntries(used.map((index) => [index, privatePath.privateKeys[index] ?? NOTHING]));
}

function newest(epochs: ReadonlyMap<bigint, EpochReceiverData>): Map<bigint, EpochReceiverData> {
  const ascending = [...epochs].sort(([one], [other]) => Number(one - other));
  return new Map(ascending.slice(-PAST_EPOCHS).map(([epoch, past]) => [epoch, receiving(past)]));
}

/** Whose epochs have been made small already. */
const small = new WeakSet<RatchetTree>();

/** Of a past epoch: whoever was there, to check signatures by. */
function receiving(past: EpochReceiverData): EpochReceiverData {
  if (small.has(past.ratchetTree)) return past;
  return { ...past, resumptionPsk: NOTHING, ratchetTree: signersOf(past.ratchetTree) };
}

function signersOf(tree: RatchetTree): RatchetTree {
  const signers = tree.map((node) => (node?.nodeType === 'leaf' ? signerNode(node.leaf) : undefined));
  small.add(signers);
  return signers;
}

type Leaf = Extract<NonNullable<RatchetTree[number]>, { nodeType: 'leaf' }>['leaf'];

/** A leaf of which nothing is known any more but whose it is and how it signs. */
function signerNode({ credential, signaturePublicKey }: Pick<Leaf, 'credential' | 'signaturePublicKey'>) {
  return {
    nodeType: 'leaf' as const,
    leaf: {
      credential,
      signaturePublicKey,
      hpkePublicKey: NOTHING,
      signature: NOTHING,
      capabilities: { versions: [], ciphersuites: [], extensions: [], proposals: [], credentials: [] },
      leafNodeSource: 'update' as const,
      extensions: [],
    },
  };
}

/** The signers of a past epoch, as they were stored. */
export function signerTree(
  width: number,
  signers: readonly ({ index: number } & Parameters<typeof signerNode>[0])[],
): RatchetTree {
  const tree: RatchetTree = Array.from({ length: width }, () => undefined);
  for (const { index, ...signer } of signers) tree[index] = signerNode(signer);
  small.add(tree);
  return tree;
}
