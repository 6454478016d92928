import { canonicalBytes, readCanonicalBytes } from './canonical.js';
import type { MessageContext } from './message-content.js';
import { readUuid } from './mls/mls-names.js';

/** Of a franking key, and of a commitment, which is an HMAC-SHA-256 under it. */
export const FRANKING_BYTES = 32;

/** What a sender commits to: what a message says, whose it is, and where. */
export interface Franked {
  readonly conversationId: string;
  readonly messageId: string;
  readonly senderAccountId: string;
  readonly senderDeviceId: string;
  /** As it was encrypted, before it was padded. */
  readonly content: Uint8Array;
}

/** What is authenticated under a franking key. Whoever is shown the key can check that a message said this, and no one else. */
export function frankedBytes(franked: Franked): Uint8Array<ArrayBuffer> {
  const { conversationId, messageId, senderAccountId, senderDeviceId, content } = franked;
  return canonicalBytes('sealpost franking 1', [conversationId, messageId, senderAccountId, senderDeviceId, content]);
}

/** A message's context with the commitment to what it says: in the clear beside the ciphertext, and part of what is signed there. */
export interface FrankedContext extends MessageContext {
  readonly commitment: Uint8Array;
}

/** The `authenticated_data` of a message (RFC 9420 §6). */
export function frankedContextBytes(context: FrankedContext): Uint8Array<ArrayBuffer> {
  const { conversationId, senderDeviceId, messageId, commitment } = context;
  return canonicalBytes(LABEL, [conversationId, senderDeviceId, messageId, commitment]);
}

/**
 * What {@link frankedContextBytes} has written, or `messageContextBytes` before there were commitments: then there is none.
 * @returns undefined for anything else.
 */
export function readMessageContext(bytes: Uint8Array): (MessageContext & Partial<FrankedContext>) | undefined {
  const franked = readCanonicalBytes(LABEL, bytes);
  const [conversationId, senderDeviceId, messageId, ...rest] =
    franked ?? readCanonicalBytes(EARLIER_LABEL, bytes) ?? [];
  if (conversationId === undefined || senderDeviceId === undefined || messageId === undefined) return undefined;
  const place = placeOf(conversationId, senderDeviceId, messageId);
  if (franked === undefined) return rest.length === 0 ? place : undefined;
  const [commitment, ...more] = rest;
  if (commitment?.length !== FRANKING_BYTES || more.length > 0) return undefined;
  return place && { ...place, commitment };
}

const LABEL = 'sealpost message 2';
const EARLIER_LABEL = 'sealpost message 1';

function placeOf(conversation: Uint8Array, device: Uint8Array, message: Uint8Array): MessageContext | undefined {
  const [conversationId, senderDeviceId, messageId] = [readUuid(conversation), readUuid(device), readUuid(message)];
  if (conversationId === undefined || senderDeviceId === undefined || messageId === undefined) return undefined;
  return { conversationId, senderDeviceId, messageId };
}
