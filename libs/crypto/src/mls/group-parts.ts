import { encode } from 'ts-mls/codec/tlsEncoder.js';
import type { Decoder } from 'ts-mls/codec/tlsDecoder.js';
import type { EpochReceiverData } from 'ts-mls/epochReceiverData.js';
import { decodeGroupContext, encodeGroupContext } from 'ts-mls/groupContext.js';
import { decodeKeySchedule, encodeKeySchedule } from 'ts-mls/keySchedule.js';
import { decodePrivateKeyPath, privateKeyPathEncoder } from 'ts-mls/privateKeyPath.js';
import { decodeRatchetTree, encodeRatchetTree, type RatchetTree } from 'ts-mls/ratchetTree.js';
import type { SecretTree } from 'ts-mls/secretTree.js';
import { canonicalBytes, readCanonicalBytes, readWhole } from '#protocol';
import type { Bytes } from '../sealing.js';
import { type GroupState, ratchetNode, signerTree } from './group-state.js';
import { MlsError } from './mls.errors.js';

/**
 * A group in parts, so that a message rewrites a small one:
 * `epoch` and `tree` (one step of the group), `past/<epoch>` (who was there, for late messages), and `ratchets/<epoch>/<n>`
 * (the message keys of four leaves each).
 */
const LABEL = {
  epoch: 'sealpost mls epoch 1',
  tree: 'sealpost mls tree 1',
  past: 'sealpost mls past epoch 1',
  ratchets: 'sealpost mls ratchets 1',
} as const;

/** With 32 skipped keys of 64 bytes for each of them a part is below 10 KB. */
const LEAVES_PER_PART = 4;

/** What to store, and what to delete. */
export interface PartsChange {
  readonly put: ReadonlyMap<string, Bytes>;
  readonly remove: readonly string[];
}

interface Part {
  readonly name: string;
  /** The objects that it is made of: as states are never changed, the same ones are the same part. */
  readonly of: readonly unknown[];
  readonly encode: () => Bytes;
}

export function encodeParts(state: GroupState): Map<string, Bytes> {
  return new Map(partsOf(state).map((part) => [part.name, part.encode()]));
}

export function partsChange(stored: GroupState, state: GroupState): PartsChange {
  const before = new Map(partsOf(stored).map(({ name, of }) => [name, of]));
  const after = partsOf(state);
  const changed = after.filter(({ name, of }) => {
    const known = before.get(name);
    return known?.length !== of.length || known.some((object, n) => object !== of[n]);
  });
  const names = new Set(after.map(({ name }) => name));
  return {
    put: new Map(changed.map((part) => [part.name, part.encode()])),
    remove: [...before.keys()].filter((name) => !names.has(name)),
  };
}

function partsOf(state: GroupState): Part[] {
  const { groupContext, ratchetTree, confirmationTag } = state;
  return [
    // Whatever changes one of its fields changes the confirmation tag.
    { name: 'epoch', of: [confirmationTag], encode: () => encodeEpoch(state) },
    { name: 'tree', of: [ratchetTree], encode: () => canonicalBytes(LABEL.tree, [encodeRatchetTree(ratchetTree)]) },
    ...ratchetParts(groupContext.epoch, state.secretTree),
    ...[...state.historicalReceiverData].flatMap(([epoch, past]) => [
      { name: `past/${String(epoch)}`, of: [past.ratchetTree], encode: () => encodePast(past) },
      ...ratchetParts(epoch, past.secretTree),
    ]),
  ];
}

function encodeEpoch({ groupContext, keySchedule, privatePath, confirmationTag }: GroupState): Bytes {
  return canonicalBytes(LABEL.epoch, [
    encodeGroupContext(groupContext),
    encodeKeySchedule(keySchedule),
    encode(privateKeyPathEncoder)(privatePath),
    confirmationTag,
  ]);
}

function encodePast({ groupContext, senderDataSecret, ratchetTree }: EpochReceiverData): Bytes {
  const signers = ratchetTree.flatMap((node, index) =>
    node?.nodeType === 'leaf' && 'identity' in node.leaf.credential
      ? [index, node.leaf.credential.identity, node.leaf.signaturePublicKey]
      : [],
  );
  const fields = [encodeGroupContext(groupContext), senderDataSecret, ratchetTree.length, ...signers];
  return canonicalBytes(LABEL.past, fields);
}

function ratchetParts(epoch: bigint, secrets: SecretTree): Part[] {
  const nodesPerPart = 2 * LEAVES_PER_PART;
  const parts = Array.from({ length: Math.ceil(secrets.length / nodesPerPart) }, (_none, n) => {
    const nodes = secrets.slice(n * nodesPerPart, (n + 1) * nodesPerPart);
    const encodeNodes = () => encodeRatchets(nodes, n * nodesPerPart);
    return { name: `ratchets/${String(epoch)}/${n}`, of: Object.values(nodes), encode: encodeNodes };
  });
  return parts.filter(({ of }) => of.length > 0);
}

function encodeRatchets(nodes: SecretTree, first: number): Bytes {
  const fields = Object.entries(nodes).flatMap(([place, { application }]) => {
    const skipped = Object.entries(application.unusedGenerations);
    return [first + Number(place), application.generation, application.secret, skipped.length, ...skipped.flat()];
  });
  return canonicalBytes(LABEL.ratchets, fields);
}

/** Throws, for whatever reason, what {@link encodeParts} has not written. */
export function decodeParts(parts: ReadonlyMap<string, Uint8Array>): GroupState {
  const fields = (name: string, label: string) => new StoredFields(stored(parts, name, label));
  const epoch = fields('epoch', LABEL.epoch);
  const groupContext = epoch.decoded(decodeGroupContext);
  const state = {
    groupContext,
    keySchedule: epoch.decoded(decodeKeySchedule),
    privatePath: epoch.decoded(decodePrivateKeyPath),
    confirmationTag: epoch.bytes(),
    ratchetTree: fields('tree', LABEL.tree).decoded(decodeRatchetTree),
  };
  const past = [...parts.keys()].filter((name) => name.startsWith('past/'));
  return {
    ...state,
    signaturePrivateKey: new Uint8Array(),
    secretTree: decodeRatchets(parts, groupContext.epoch, state.ratchetTree),
    unappliedProposals: {},
    historicalReceiverData: new Map(past.map((name) => decodePast(parts, fields(name, LABEL.past)))),
    groupActiveState: { kind: 'active' },
  };
}

function decodePast(parts: ReadonlyMap<string, Uint8Array>, fields: StoredFields): [bigint, EpochReceiverData] {
  const groupContext = fields.decoded(decodeGroupContext);
  const senderDataSecret = fields.bytes();
  const width = fields.whole();
  const signers = fields.rest(() => ({
    index: fields.whole(),
    credential: { credentialType: 'basic' as const, identity: fields.bytes() },
    signaturePublicKey: fields.bytes(),
  }));
  const ratchetTree = signerTree(width, signers);
  const secretTree = decodeRatchets(parts, groupContext.epoch, ratchetTree);
  return [
    groupContext.epoch,
    { groupContext, senderDataSecret, ratchetTree, secretTree, resumptionPsk: new Uint8Array() },
  ];
}

function decodeRatchets(parts: ReadonlyMap<string, Uint8Array>, epoch: bigint, tree: RatchetTree): SecretTree {
  const secrets: SecretTree = [];
  secrets.length = tree.length;
  const names = [...parts.keys()].filter((name) => name.startsWith(`ratchets/${String(epoch)}/`));
  for (const name of names) {
    const fields = new StoredFields(stored(parts, name, LABEL.ratchets));
    fields.rest(() => {
      const index = fields.whole();
      const [generation, secret] = [fields.whole(), fields.bytes()];
      const skipped = Array.from({ length: fields.whole() }, () => [fields.whole(), fields.bytes()] as const);
      secrets[index] = ratchetNode({ generation, secret, unusedGenerations: Object.fromEntries(skipped) });
    });
  }
  const isWhole = tree.every((node, index) => (node?.nodeType === 'leaf') === index in secrets);
  if (!isWhole || secrets.length !== tree.length) throw new MlsError('bad_state', 'Ratchets are missing.');
  return secrets;
}

function stored(parts: ReadonlyMap<string, Uint8Array>, name: string, label: string): Uint8Array[] {
  const part = parts.get(name);
  const fields = part && readCanonicalBytes(label, part);
  if (fields === undefined) throw new MlsError('bad_state', `The part “${name}” is missing, or has another form.`);
  return fields;
}

/** Fields of a part, one after the other. They are copied: what is read of the store is the store's. */
class StoredFields {
  private next = 0;

  constructor(private readonly fields: readonly Uint8Array[]) {}

  bytes(): Bytes {
    const field = this.fields[this.next++];
    if (field === undefined) throw new MlsError('bad_state', 'A part is too short.');
    return new Uint8Array(field);
  }

  whole(): number {
    const value = readWhole(this.bytes());
    if (value === undefined) throw new MlsError('bad_state', 'A part has no number where one belongs.');
    return value;
  }

  decoded<T>(decode: Decoder<T>): T {
    const bytes = this.bytes();
    const [value, length] = decode(bytes, 0) ?? [];
    if (value === undefined || length !== bytes.length) throw new MlsError('bad_state', 'A field cannot be read.');
    return value;
  }

  /** Reads until no field is left. */
  rest<T>(read: () => T): T[] {
    const items: T[] = [];
    while (this.next < this.fields.length) items.push(read());
    return items;
  }
}
