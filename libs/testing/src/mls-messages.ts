import { randomBytes } from 'node:crypto';
import { type GroupName, groupIdBytes } from '#protocol';
import { type KeyPackageDraft, keyPackageBytes, type LeafDraft, leafNodeBytes } from './key-packages.js';
import { TlsWriter } from './tls-writer.js';

const MLS_1_0 = 1;
const WIRE_FORMAT = { public: 1, private: 2, welcome: 3, groupInfo: 4 } as const;
const CONTENT = { application: 1, commit: 3 } as const;
const SENDER = { member: 1, newMemberCommit: 4 } as const;
const PROPOSAL = { add: 1, remove: 3, externalInit: 6 } as const;
const HASH_BYTES = 64;
const SIGNATURE_BYTES = 64;

interface Frame {
  readonly group: GroupName;
  readonly epoch: number;
  readonly authenticatedData?: Uint8Array;
}

export interface CommitDraft extends Frame {
  /** Index of the leaf that commits, or undefined for a device that comes in from outside. */
  readonly senderLeaf: number | undefined;
  readonly added?: readonly KeyPackageDraft[];
  readonly removed?: readonly number[];
  readonly leaf: LeafDraft;
}

/** A PublicMessage with a commit and its path (RFC 9420 §6.2, §12.4), of the form of a real one; nothing in it is signed. */
export function commitBytes(draft: CommitDraft): Buffer {
  const { senderLeaf, added = [], removed = [], leaf } = draft;
  const writer = framed(WIRE_FORMAT.public, draft);
  if (senderLeaf === undefined) writer.uint8(SENDER.newMemberCommit);
  else writer.uint8(SENDER.member).uint32(senderLeaf);
  const proposals = [
    ...(senderLeaf === undefined ? [inlined(PROPOSAL.externalInit).opaque(randomBytes(HASH_BYTES))] : []),
    ...removed.map((index) => inlined(PROPOSAL.remove).uint32(index)),
    ...added.map((keyPackage) => inlined(PROPOSAL.add).raw(keyPackageBytes(keyPackage))),
  ];
  writer
    .opaque(draft.authenticatedData ?? new Uint8Array())
    .uint8(CONTENT.commit)
    .vector(proposals, (into, proposal) => into.raw(proposal.bytes()))
    .optional(leaf, writePath)
    .opaque(Buffer.alloc(SIGNATURE_BYTES, 3))
    .opaque(Buffer.alloc(HASH_BYTES, 4));
  // A member's message has a tag by which the other members know it for one of theirs.
  return (senderLeaf === undefined ? writer : writer.opaque(Buffer.alloc(HASH_BYTES, 5))).bytes();
}

/** A PrivateMessage of an application (RFC 9420 §6.3). */
export function privateMessageBytes({ ciphertext, ...frame }: Frame & { readonly ciphertext: Uint8Array }): Buffer {
  return framed(WIRE_FORMAT.private, frame)
    .uint8(CONTENT.application)
    .opaque(frame.authenticatedData ?? new Uint8Array())
    .opaque(randomBytes(28))
    .opaque(ciphertext)
    .bytes();
}

/** A Welcome for so many (RFC 9420 §12.4.3.1). */
export function welcomeBytes({ suite, newMembers }: { suite: number; newMembers: number }): Buffer {
  const secrets = Array.from({ length: newMembers }, () => [randomBytes(HASH_BYTES), randomBytes(32), randomBytes(80)]);
  return new TlsWriter()
    .uint16(MLS_1_0)
    .uint16(WIRE_FORMAT.welcome)
    .uint16(suite)
    .vector(secrets, (into, fields) => {
      for (const field of fields) into.opaque(field);
    })
    .opaque(randomBytes(200))
    .bytes();
}

/** A GroupInfo (RFC 9420 §12.4.3). */
export function groupInfoBytes({ group, epoch, suite }: Frame & { readonly suite: number }): Buffer {
  return new TlsWriter()
    .uint16(MLS_1_0)
    .uint16(WIRE_FORMAT.groupInfo)
    .uint16(MLS_1_0)
    .uint16(suite)
    .opaque(groupIdBytes(group))
    .uint64(epoch)
    .opaque(randomBytes(HASH_BYTES))
    .opaque(randomBytes(HASH_BYTES))
    .vector([], () => undefined)
    .vector([randomBytes(40)], (into, extension) => into.uint16(4).opaque(extension))
    .opaque(randomBytes(HASH_BYTES))
    .uint32(0)
    .opaque(Buffer.alloc(SIGNATURE_BYTES, 6))
    .bytes();
}

function framed(wireFormat: number, { group, epoch }: Frame): TlsWriter {
  return new TlsWriter().uint16(MLS_1_0).uint16(wireFormat).opaque(groupIdBytes(group)).uint64(epoch);
}

/** A proposal that stands in the commit itself. */
function inlined(kind: number): TlsWriter {
  return new TlsWriter().uint8(1).uint16(kind);
}

function writePath(writer: TlsWriter, leaf: LeafDraft): void {
  const nodes = [randomBytes(32), randomBytes(32)];
  writer.raw(leafNodeBytes(leaf)).vector(nodes, (into, node) => {
    into.opaque(node).vector([node], (secrets, secret) => secrets.opaque(secret).opaque(randomBytes(48)));
  });
}
