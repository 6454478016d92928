import { RecordKind } from '../store/sealed-store.js';
import { sortableNumber } from '../store/store.js';
import { versionedCodec } from '../store/versioned-codec.js';

/**
 * Which entry stands at a place of a log where there is no message: when a relay was restored from a backup, ids tell what of its
 * log is as before. By conversation, then position.
 */
export const ENTRY_IDS = new RecordKind('settings', versionedCodec<{ readonly id: string }>(1));

export function entryIdKey(conversationId: string, seq: number): string {
  return `entry/${conversationId}/${sortableNumber(seq)}`;
}
