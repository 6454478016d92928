import type { ConversationRecord } from '../conversations/conversation-record.js';

/** So many entries behind a position the relay may say that a list of members is of. */
const MOST_BELIEVED = 1_000;

/**
 * Up to where it is not asked who may change what: the list of members is newer than the log up to its head. That head the relay
 * says, so that it is believed no further than a device is away as a rule.
 *
 * @param seq where the device comes in.
 */
export function believedUntil(
  record: ConversationRecord,
  seq: number,
  roster: Pick<ConversationRecord, 'believedUntil'> | undefined,
): number {
  const head = Math.min(roster?.believedUntil ?? 0, seq + MOST_BELIEVED);
  return Math.max(record.believedUntil, head, seq + 1);
}
