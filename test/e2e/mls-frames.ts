import { randomBytes } from 'node:crypto';
import {
  commitContextBytes,
  type DeviceIdentity,
  type FramePlace,
  frankedContextBytes,
  FRANKING_BYTES,
  MLS_SUITES,
  type RosterDelta,
} from '#protocol';
import { commitBytes, groupInfoBytes, type KeyPackageDraft, privateMessageBytes, welcomeBytes } from '#testing';

const LIFETIME_SECONDS = 86_400;

/** A commit of a conversation, as far as anybody but its members can tell. */
export interface ConversationCommit extends FramePlace {
  readonly id: string;
  readonly committer: DeviceIdentity;
  /** Index of the committer's leaf; undefined from outside. */
  readonly senderLeaf: number | undefined;
  readonly added?: readonly DeviceIdentity[];
  /** Indexes of leaves. */
  readonly removed?: readonly number[];
  readonly delta?: Partial<RosterDelta>;
}

export function commitFrame({ conversationId, id, committer, added = [], ...draft }: ConversationCommit): string {
  const delta = { added: [], removed: [], roles: [], ...draft.delta };
  return commitBytes({
    ...draft,
    group: { conversationId, generation: draft.generation },
    authenticatedData: commitContextBytes({ conversationId, commitId: id, delta }),
    added: added.map(keyPackageOf),
    leaf: { identity: committer, signatureKey: randomBytes(32) },
  }).toString('base64url');
}

export function welcomeFrame(newMembers: number): string {
  return welcomeBytes({ suite: MLS_SUITES.xWing, newMembers }).toString('base64url');
}

export function groupInfoFrame({ epoch, ...group }: FramePlace): string {
  return groupInfoBytes({ group, epoch, suite: MLS_SUITES.xWing }).toString('base64url');
}

/** Says which message of which device it is. */
export interface MessageFrame extends FramePlace {
  readonly senderDeviceId: string;
  readonly messageId: string;
}

export function messageFrame({ epoch, conversationId, generation, ...from }: MessageFrame): string {
  const commitment = randomBytes(FRANKING_BYTES);
  const authenticatedData = frankedContextBytes({ conversationId, ...from, commitment });
  const group = { conversationId, generation };
  return privateMessageBytes({ group, epoch, authenticatedData, ciphertext: randomBytes(256) }).toString('base64url');
}

function keyPackageOf(identity: DeviceIdentity): KeyPackageDraft {
  const notBefore = Math.floor(Date.now() / 1000);
  return { identity, signatureKey: randomBytes(32), notBefore, notAfter: notBefore + LIFETIME_SECONDS };
}
