import { createHash } from 'node:crypto';
import type { AccountId, ConversationId, ConversationProtocol } from '#protocol';

/**
 * The id of the one direct conversation of two accounts: SHA-256 of the protocol and both account ids in order, laid out
 * as a UUID of version 8 (RFC 9562 §5.8), so that it never equals an id that a client chose.
 */
export function directConversationId(protocol: ConversationProtocol, one: AccountId, other: AccountId): ConversationId {
  const [first, second] = [one, other].sort();
  const digest = createHash('sha256')
    .update(`sealpost direct 1 ${protocol} ${String(first)} ${String(second)}`)
    .digest();
  const hex = digest.toString('hex');
  const variant = ((digest.readUInt8(8) & 0x3f) | 0x80).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ].join('-') as ConversationId;
}
