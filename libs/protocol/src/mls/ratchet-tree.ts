import { LIMITS } from '../limits.js';
import { type LeafHeader, leafNode } from './key-package.js';
import { MalformedMlsError, TlsReader } from './tls-reader.js';

const NODE = { leaf: 1, parent: 2 } as const;

/** Leaves of the smallest full tree that holds all devices: removals leave blanks, but a tree is never wider than need be. */
const MAX_LEAVES = 2 ** Math.ceil(Math.log2(LIMITS.mlsDevices));

/** The leaves of unmerged devices that a parent lists; undefined where a node is a leaf or blank. */
type Unmerged = readonly number[] | undefined;

/**
 * A ratchet tree as it stands in a GroupInfo (RFC 9420 §12.4.3.3): its shape is sound, every device is there once, and each
 * unmerged leaf is one below its parent (§7.9). No signature or hash has been checked.
 *
 * @returns the leaves by index, undefined where one is blank.
 * @throws MalformedMlsError
 */
export function readRatchetTree(bytes: Uint8Array): (LeafHeader | undefined)[] {
  const reader = new TlsReader(bytes);
  const nodes = reader.vector((tree) => tree.optional(node));
  reader.end();
  if (nodes.length > 2 * MAX_LEAVES - 1) throw new MalformedMlsError('a tree is too wide');
  if (nodes.at(-1) === undefined) throw new MalformedMlsError('a tree ends with a blank node');
  const leaves = nodes.flatMap((read, index) => (index % 2 === 0 ? [leafAt(read)] : []));
  checkDevices(leaves);
  for (const [index, read] of nodes.entries()) if (index % 2 === 1) checkUnmerged(index, parentAt(read), leaves);
  return leaves;
}

type Node = { readonly leaf: LeafHeader } | { readonly unmerged: readonly number[] };

function node(reader: TlsReader): Node {
  switch (reader.uint8()) {
    case NODE.leaf:
      return { leaf: leafNode(reader) };
    case NODE.parent:
      reader.opaque();
      reader.opaque();
      return { unmerged: reader.vector((list) => list.uint32()) };
    default:
      throw new MalformedMlsError('a node is neither a leaf nor a parent');
  }
}

function leafAt(read: Node | undefined): LeafHeader | undefined {
  if (read !== undefined && !('leaf' in read)) throw new MalformedMlsError('a parent stands where a leaf belongs');
  return read?.leaf;
}

function parentAt(read: Node | undefined): Unmerged {
  if (read !== undefined && !('unmerged' in read)) throw new MalformedMlsError('a leaf stands where a parent belongs');
  return read?.unmerged;
}

function checkDevices(leaves: readonly (LeafHeader | undefined)[]): void {
  const devices = leaves.flatMap((leaf) => (leaf === undefined ? [] : [JSON.stringify(leaf.identity)]));
  if (devices.length > LIMITS.mlsDevices) throw new MalformedMlsError('a tree has too many devices');
  if (new Set(devices).size !== devices.length) throw new MalformedMlsError('a device is in a tree twice');
}

/** Ascending, each a leaf that is there, and below the parent: nodes within 2^level − 1 of it (RFC 9420, appendix C). */
function checkUnmerged(parent: number, unmerged: Unmerged = [], leaves: readonly (LeafHeader | undefined)[]): void {
  const reach = (~parent & (parent + 1)) - 1;
  const isSound = unmerged.every(
    (leaf, n) =>
      leaves[leaf] !== undefined &&
      Math.abs(2 * leaf - parent) <= reach &&
      (n === 0 || (unmerged[n - 1] ?? leaf) < leaf),
  );
  if (!isSound) throw new MalformedMlsError('a parent lists a leaf that is not below it');
}
