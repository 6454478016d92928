import { commitmentTo, frankedFrame, isCommitment, isSameBytes, newFrankingKey, readFrankedFrame } from '#crypto';
import {
  decodeContent,
  encodeContent,
  type Franked,
  frankedContextBytes,
  type MessageContent,
  readMessageContext,
  readPrivateMessage,
} from '#protocol';
import type { Franking, MessageRecord } from './message-record.js';

/** Whose a message is, and where. */
type FrankedPlace = Omit<Franked, 'content'>;

/** A content with a key of its own: what is padded and encrypted, and the context with the commitment to it. */
export function frankedContent(place: FrankedPlace, content: MessageContent) {
  const key = newFrankingKey();
  const written = encodeContent(content);
  const commitment = commitmentTo({ ...place, content: written }, key);
  return { frame: frankedFrame({ key, content: written }), context: frankedContextBytes({ ...place, commitment }) };
}

/** Whether a commitment stands beside the ciphertext of a message; of those that this device has sealed. */
export function isFrankedMessage(ciphertext: Uint8Array): boolean {
  return readMessageContext(readPrivateMessage(ciphertext).authenticatedData)?.commitment !== undefined;
}

/**
 * What a frame says, and what proves it; also of what only a later version can read.
 * @returns undefined unless it is what its sender has committed to.
 */
export function openFranked(frame: Uint8Array, place: FrankedPlace, commitment: Uint8Array) {
  const read = readFrankedFrame(frame);
  if (read === undefined || !isCommitment(commitment, { ...place, content: read.content }, read.key)) return undefined;
  const content = decodeContent(read.content);
  const isOwnForm = content.kind !== 'unreadable' && isSameBytes(encodeContent(content), read.content);
  const franking: Franking = isOwnForm ? { key: read.key } : { key: read.key, written: read.content };
  return { content, franking };
}

/** What shows a message of somebody else to the relay; undefined for what cannot be proven. */
export function proofOf({ content, franking }: Pick<MessageRecord, 'content' | 'franking'>) {
  if (content === null || franking === undefined) return undefined;
  return { content: franking.written ?? encodeContent(content), frankingKey: franking.key };
}
