import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type AccountId,
  type ConversationId,
  type DeviceId,
  type Franked,
  frankedBytes,
  MalformedMlsError,
  readMessageContext,
  readPrivateMessage,
} from '#protocol';
import { NotFound } from '../platform/errors/refusal.js';
import type { Evidence, OpenedMessage } from './report.js';
import { InvalidReport } from './reports.errors.js';

/** What the relay has of a message that is shown to it. */
export interface Witnessed {
  /** Whether it stood in the log when whoever reports was in the conversation. */
  readonly isVisible: boolean;
  readonly senderId: AccountId | null;
  readonly senderDeviceId: DeviceId | null;
  /** Null once it is erased, or has expired. */
  readonly body: Buffer | null;
  readonly sentAt: Date;
}

/** What a message is held against. */
export interface Claim {
  readonly conversationId: ConversationId;
  readonly reportedId: AccountId;
  /** Whether something of the log that whoever reports has seen is erased: then what is not there may have been. */
  readonly isErasedInPart: boolean;
}

/**
 * What can be said of a message that is shown. Who sent it, and from where, the relay knows itself; what it said, by the
 * commitment that its sender has put beside the ciphertext.
 *
 * @throws {NotFound} for what whoever reports cannot have seen. @throws {InvalidReport} for what was not said, or not by who is
 * reported.
 */
export function judged(opened: OpenedMessage, witnessed: Witnessed | undefined, claim: Claim): Evidence {
  const { messageId, content } = opened;
  if (witnessed === undefined) {
    if (!claim.isErasedInPart) throw new NotFound('message');
    return { messageId, content, sentAt: null, verdict: 'unverifiable' };
  }
  if (!witnessed.isVisible) throw new NotFound('message');
  if (witnessed.senderId !== claim.reportedId) throw new InvalidReport('A message is of somebody else.');
  const { sentAt } = witnessed;
  const commitment = witnessed.body === null ? undefined : commitmentIn(witnessed.body);
  if (commitment === undefined || opened.frankingKey === null)
    return { messageId, content, sentAt, verdict: 'unverifiable' };
  const { conversationId, reportedId: senderAccountId } = claim;
  const franked = { conversationId, messageId, senderAccountId, senderDeviceId: witnessed.senderDeviceId ?? '', content };
  if (!isOpening(commitment, franked, opened.frankingKey)) throw new InvalidReport('A message did not say this.');
  return { messageId, content, sentAt, verdict: 'verified' };
}

/** What its sender has committed to; undefined for messages from before, and for what is no MLS message. */
function commitmentIn(body: Buffer): Uint8Array | undefined {
  try {
    return readMessageContext(readPrivateMessage(body).authenticatedData)?.commitment;
  } catch (error) {
    if (error instanceof MalformedMlsError) return undefined;
    throw error;
  }
}

function isOpening(commitment: Uint8Array, franked: Franked, key: Buffer): boolean {
  return timingSafeEqual(createHmac('sha256', key).update(frankedBytes(franked)).digest(), commitment);
}
