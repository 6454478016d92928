import type { ConversationRecord } from '../conversations/conversation-record.js';
import type { RecordReader } from '../store/sealed-store.js';
import { everyRow, startingWith } from '../store/store.js';
import { isForReading, MESSAGES, messageKey } from './message-record.js';

/** More than that nobody counts. */
const MOST_COUNTED = 1_000;

/** How many messages of others stand behind a position. */
async function unreadAfter(
  store: RecordReader,
  conversationId: string,
  { upTo, ownAccountId }: { readonly upTo: number; readonly ownAccountId: string },
): Promise<number> {
  const { to = '' } = startingWith(`${conversationId}/`);
  const range = { from: messageKey(conversationId, upTo + 1), to };
  let count = 0;
  for await (const { record } of everyRow((rest) => store.scan(MESSAGES, rest), range))
    if (isForReading(record, ownAccountId) && ++count === MOST_COUNTED) break;
  return count;
}

/** How far somebody has read, and by whose word. */
interface Reading {
  readonly upTo: number;
  /** Whether only the relay says so. */
  readonly isTold: boolean;
}

/** The conversation once its reader is so far; undefined when they were before. */
export async function readUpTo(
  { store, accountId: ownAccountId }: { readonly store: RecordReader; readonly accountId: string },
  conversation: { readonly conversationId: string; readonly record: ConversationRecord },
  { upTo, isTold }: Reading,
): Promise<ConversationRecord | undefined> {
  const { conversationId, record } = conversation;
  const { readUpTo: before = 0, saidUpTo: saidBefore = 0 } = record;
  const saidUpTo = isTold ? saidBefore : Math.max(saidBefore, upTo);
  if (upTo <= before) return saidUpTo === saidBefore ? undefined : { ...record, saidUpTo };
  const unread = await unreadAfter(store, conversationId, { upTo, ownAccountId });
  return { ...record, readUpTo: upTo, saidUpTo, unread };
}

/** The conversation once nothing stands in its log any more behind a position, from where it is read anew. */
export async function readAnewFrom(
  { store, accountId: ownAccountId }: { readonly store: RecordReader; readonly accountId: string },
  conversation: { readonly conversationId: string; readonly record: ConversationRecord },
  position: number,
): Promise<ConversationRecord> {
  const { conversationId, record } = conversation;
  const upTo = Math.min(record.readUpTo ?? 0, position);
  const saidUpTo = Math.min(record.saidUpTo ?? 0, position);
  return {
    ...record,
    readUpTo: upTo,
    saidUpTo,
    unread: await unreadAfter(store, conversationId, { upTo, ownAccountId }),
  };
}

/** One more, or one less, unless it was read or nobody counts so far. */
export function withUnread(record: ConversationRecord, seq: number, difference: 1 | -1): ConversationRecord {
  const { readUpTo: read = 0, unread = 0 } = record;
  if (seq <= read) return record;
  return { ...record, unread: Math.min(Math.max(unread + difference, 0), MOST_COUNTED) };
}
