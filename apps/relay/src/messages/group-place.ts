import {
  type GroupPlace,
  MalformedMlsError,
  type MessageContext,
  readMessageContext,
  readPrivateMessage,
} from '#protocol';

/** How every PrivateMessage begins: version 1, wire format 2 (RFC 9420 §6). */
const PRIVATE_MESSAGE = Buffer.from([0, 1, 0, 2]);

/**
 * Generation and epoch of an MLS message, if that is what a ciphertext is, and if it says itself that it belongs where it
 * is to go, and commits to what it says: what could not be reported has no place in a group. Conversations that are no MLS groups take any ciphertext, so whatever else it is has no place, and no error.
 */
export function groupPlaceOf(body: Buffer, context: MessageContext): GroupPlace | undefined {
  if (!body.subarray(0, PRIVATE_MESSAGE.length).equals(PRIVATE_MESSAGE)) return undefined;
  try {
    const { conversationId, generation, epoch, authenticatedData } = readPrivateMessage(body);
    if (conversationId !== context.conversationId) return undefined;
    const named = readMessageContext(authenticatedData);
    return named?.commitment !== undefined && isSame(named, context) ? { generation, epoch } : undefined;
  } catch (error) {
    if (error instanceof MalformedMlsError) return undefined;
    throw error;
  }
}

function isSame(one: MessageContext, other: MessageContext): boolean {
  return (
    one.conversationId === other.conversationId &&
    one.senderDeviceId === other.senderDeviceId &&
    one.messageId === other.messageId
  );
}
