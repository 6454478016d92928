import { extension, keyPackage, type KeyPackageHeader, type LeafHeader, leafNode } from './key-package.js';
import { LIMITS } from '../limits.js';
import { type GroupName, type GroupPlace, readGroupId } from './mls-names.js';
import { MalformedMlsError, TlsReader } from './tls-reader.js';

const MLS_1_0 = 1;
/** All leaves replaced, by somebody from outside. */
const MAX_PROPOSALS = 2 * LIMITS.mlsDevices + 1;
const WIRE_FORMAT = { public: 1, private: 2, welcome: 3, groupInfo: 4 } as const;
const CONTENT = { application: 1, proposal: 2, commit: 3 } as const;
const SENDER = { member: 1, newMemberCommit: 4 } as const;
const PROPOSAL = { add: 1, remove: 3, externalInit: 6 } as const;

/** The group and epoch of a frame. */
export type FramePlace = GroupName & GroupPlace;

/** What a commit does to the tree, in the open (RFC 9420 §12.4). No signature has been checked. */
export interface CommitHeader extends FramePlace {
  /** Index of the leaf that commits, or undefined: a device outside replaces its leaf (§12.4.3.2). */
  readonly senderLeaf: number | undefined;
  readonly authenticatedData: Uint8Array;
  readonly added: readonly KeyPackageHeader[];
  /** Indexes of leaves. */
  readonly removed: readonly number[];
  /** The committer's leaf from now on. */
  readonly leaf: LeafHeader;
}

/**
 * A commit as this protocol has them: a PublicMessage with all proposals inside, only such as add and remove leaves,
 * and a path.
 * @throws MalformedMlsError
 */
export function readCommit(bytes: Uint8Array): CommitHeader {
  const reader = message(bytes, WIRE_FORMAT.public);
  const place = framePlace(reader);
  const senderLeaf = sender(reader);
  const authenticatedData = reader.opaque();
  if (reader.uint8() !== CONTENT.commit) throw new MalformedMlsError('it is no commit');
  const proposals = reader.vector(proposalOrRef);
  if (proposals.length > MAX_PROPOSALS) throw new MalformedMlsError('a commit has too many proposals');
  const leaf = reader.optional(updatePath);
  if (leaf === undefined) throw new MalformedMlsError('a commit has no path');
  reader.opaque();
  reader.opaque();
  if (senderLeaf !== undefined) reader.opaque();
  reader.end();
  const external = proposals.filter((proposal) => proposal === 'externalInit').length;
  if (external !== (senderLeaf === undefined ? 1 : 0))
    throw new MalformedMlsError('a commit from outside has one external init, others none');
  const added = proposals.flatMap((proposal) => (typeof proposal === 'object' ? [proposal] : []));
  const removed = proposals.filter((proposal) => typeof proposal === 'number');
  return { ...place, senderLeaf, authenticatedData, added, removed, leaf };
}

/** What a PrivateMessage says in the open (RFC 9420 §6.3). */
export interface PrivateFrame extends FramePlace {
  readonly authenticatedData: Uint8Array;
}

/** An application message. @throws MalformedMlsError */
export function readPrivateMessage(bytes: Uint8Array): PrivateFrame {
  const reader = message(bytes, WIRE_FORMAT.private);
  const place = framePlace(reader);
  if (reader.uint8() !== CONTENT.application) throw new MalformedMlsError('it is no application message');
  const authenticatedData = reader.opaque();
  reader.opaque();
  reader.opaque();
  reader.end();
  return { ...place, authenticatedData };
}

/** How many devices a Welcome lets in (RFC 9420 §12.4.3.1). @throws MalformedMlsError */
export function readWelcome(bytes: Uint8Array): { suite: number; newMembers: number } {
  const reader = message(bytes, WIRE_FORMAT.welcome);
  const suite = reader.uint16();
  const secrets = reader.vector((secret) => {
    for (let fields = 3; fields > 0; fields--) secret.opaque();
  });
  reader.opaque();
  reader.end();
  return { suite, newMembers: secrets.length };
}

/** Of which group and epoch a GroupInfo is (RFC 9420 §12.4.3). @throws MalformedMlsError */
export function readGroupInfo(bytes: Uint8Array): FramePlace {
  const reader = message(bytes, WIRE_FORMAT.groupInfo);
  if (reader.uint16() !== MLS_1_0) throw new MalformedMlsError('a group has another version');
  reader.uint16();
  const place = framePlace(reader);
  reader.opaque();
  reader.opaque();
  reader.vector(extension);
  reader.vector(extension);
  reader.opaque();
  reader.uint32();
  reader.opaque();
  reader.end();
  return place;
}

function message(bytes: Uint8Array, wireFormat: number): TlsReader {
  const reader = new TlsReader(bytes);
  if (reader.uint16() !== MLS_1_0) throw new MalformedMlsError('it has another version');
  if (reader.uint16() !== wireFormat) throw new MalformedMlsError('it has another wire format');
  return reader;
}

function framePlace(reader: TlsReader): FramePlace {
  const group = readGroupId(reader.opaque());
  if (group === undefined) throw new MalformedMlsError('a group id names no conversation');
  const epoch = Number(reader.uint64());
  if (!Number.isSafeInteger(epoch)) throw new MalformedMlsError('an epoch is out of range');
  return { ...group, epoch };
}

/** The leaf of a member; undefined for somebody who comes in from outside. */
function sender(reader: TlsReader): number | undefined {
  switch (reader.uint8()) {
    case SENDER.member:
      return reader.uint32();
    case SENDER.newMemberCommit:
      return undefined;
    default:
      throw new MalformedMlsError('a sender is neither a member nor a new member with a commit');
  }
}

type Proposal = KeyPackageHeader | number | 'externalInit';

function proposalOrRef(reader: TlsReader): Proposal {
  // By reference, only those who have seen the proposal would know what the commit does.
  if (reader.uint8() !== 1) throw new MalformedMlsError('a proposal is not inside its commit');
  switch (reader.uint16()) {
    case PROPOSAL.add:
      return keyPackage(reader);
    case PROPOSAL.remove:
      return reader.uint32();
    case PROPOSAL.externalInit:
      reader.opaque();
      return 'externalInit';
    default:
      throw new MalformedMlsError('a proposal is of a kind that is not used here');
  }
}

function updatePath(reader: TlsReader): LeafHeader {
  const { identity, signatureKey } = leafNode(reader);
  reader.vector((node) => {
    node.opaque();
    node.vector((secret) => {
      secret.opaque();
      secret.opaque();
    });
  });
  return { identity, signatureKey };
}
