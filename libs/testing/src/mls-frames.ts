import { randomBytes } from 'node:crypto';
import {
  commitContextBytes,
  type DeviceIdentity,
  type FramePlace,
  groupIdBytes,
  messageContextBytes,
  type RosterDelta,
} from '#protocol';
import { keyPackageBytes, leafNodeBytes } from './key-packages.js';
import { TlsWriter } from './tls-writer.js';

const MLS_1_0 = 1;
const SUITE = 83;
const WIRE_FORMAT = { public: 1, private: 2, welcome: 3, groupInfo: 4 } as const;
const LIFETIME_SECONDS = 86_400;

/** A commit of the form that the relay sees, with signatures that do not hold: only members could check them. */
export interface CommitDraft extends FramePlace {
  readonly id: string;
  readonly committer: DeviceIdentity;
  /** Index of the committer's leaf; undefined from outside. */
  readonly senderLeaf: number | undefined;
  readonly added?: readonly DeviceIdentity[];
  /** Indexes of leaves. */
  readonly removed?: readonly number[];
  readonly delta?: Partial<RosterDelta>;
}

/** MLSMessage with a PublicMessage that holds the commit. */
export function commitBytes(draft: CommitDraft): Buffer {
  const { conversationId, id, committer, senderLeaf } = draft;
  const delta = { added: [], removed: [], roles: [], ...draft.delta };
  const writer = place(frame(WIRE_FORMAT.public), draft);
  if (senderLeaf === undefined) writer.uint8(4);
  else writer.uint8(1).uint32(senderLeaf);
  writer
    .opaque(commitContextBytes({ conversationId, commitId: id, delta }))
    .uint8(3)
    .opaque(proposals(draft).bytes())
    .uint8(1)
    .raw(leafNodeBytes({ identity: committer, signatureKey: randomBytes(32) }))
    .opaque(new Uint8Array())
    .opaque(randomBytes(64))
    .opaque(randomBytes(64));
  if (senderLeaf !== undefined) writer.opaque(randomBytes(64));
  return writer.bytes();
}

/** MLSMessage with a Welcome for so many devices. */
export function welcomeBytes(newMembers: number): Buffer {
  const secrets = Array.from({ length: newMembers }, () => randomBytes(64));
  return frame(WIRE_FORMAT.welcome)
    .uint16(SUITE)
    .vector(secrets, (into, secret) => into.opaque(secret).opaque(secret).opaque(secret))
    .opaque(randomBytes(200))
    .bytes();
}

/** MLSMessage with a GroupInfo. */
export function groupInfoBytes(of: FramePlace): Buffer {
  return place(frame(WIRE_FORMAT.groupInfo).uint16(MLS_1_0).uint16(SUITE), of)
    .opaque(randomBytes(64))
    .opaque(randomBytes(64))
    .opaque(new Uint8Array())
    .opaque(new Uint8Array())
    .opaque(randomBytes(64))
    .uint32(0)
    .opaque(randomBytes(64))
    .bytes();
}

/** MLSMessage with a PrivateMessage, of which only the outside is one. */
export function privateMessageBytes(
  of: FramePlace & { readonly senderDeviceId: string; readonly messageId: string },
): Buffer {
  return place(frame(WIRE_FORMAT.private), of)
    .uint8(1)
    .opaque(messageContextBytes(of))
    .opaque(randomBytes(28))
    .opaque(randomBytes(256))
    .bytes();
}

function frame(wireFormat: number): TlsWriter {
  return new TlsWriter().uint16(MLS_1_0).uint16(wireFormat);
}

function place(writer: TlsWriter, { conversationId, generation, epoch }: FramePlace): TlsWriter {
  return writer.opaque(groupIdBytes({ conversationId, generation })).uint64(epoch);
}

/** Each as `ProposalOrRef`: by value, then its kind. */
function proposals({ senderLeaf, added = [], removed = [] }: CommitDraft): TlsWriter {
  const writer = new TlsWriter();
  if (senderLeaf === undefined) writer.uint8(1).uint16(6).opaque(randomBytes(32));
  for (const leaf of removed) writer.uint8(1).uint16(3).uint32(leaf);
  const now = Math.floor(Date.now() / 1000);
  for (const identity of added)
    writer
      .uint8(1)
      .uint16(1)
      .raw(
        keyPackageBytes({
          identity,
          signatureKey: randomBytes(32),
          notBefore: now,
          notAfter: now + LIFETIME_SECONDS,
        }),
      );
  return writer;
}
