import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { startingWith } from '../store/store.js';
import type { EventHub } from '../sync/events.js';
import { isForReading, type MessageRecord, MESSAGES, messageKey } from './message-record.js';

/** So many are read from the store at a time. */
const MOST_AT_ONCE = 100;

/** A message of somebody else's, and where it stands. */
export interface IncomingMessage extends MessageRecord {
  readonly conversationId: string;
}

/** Which messages, and until when. */
export interface IncomingOptions {
  /** Only of this one; of all, if left out. */
  readonly conversationId?: string;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

interface Inbox {
  readonly account: OpenAccount;
  readonly book: ConversationBook;
  readonly events: EventHub;
}

/**
 * What others have written: first what no device of this account has said that it read, then what comes, each once and in the order of its conversation. Events only
 * say where to look, so that a slow reader keeps a position of each conversation waiting, and nothing else.
 */
export async function* incomingMessages(
  { account, book, events }: Inbox,
  { conversationId: only, signal }: IncomingOptions,
): AsyncGenerator<IncomingMessage> {
  const [positions, changed] = [new Map<string, number>(), new Set<string>()];
  let wake = (): void => undefined;
  const look = (id: string): void => {
    if (only === undefined || id === only) changed.add(id);
    wake();
  };
  const stop = events.listen((event) => {
    if (event.kind === 'message') look(event.conversationId);
  });
  const aborted = (): void => wake();
  signal?.addEventListener('abort', aborted);
  try {
    for (const [id] of await book.all()) look(id);
    while (signal?.aborted !== true) {
      const [id] = changed;
      if (id === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      changed.delete(id);
      const after = positions.get(id) ?? (await book.get(id))?.saidUpTo ?? 0;
      for await (const message of messagesAfter(account, id, after)) {
        positions.set(id, message.upTo ?? message.seq);
        if (isForReading(message, account.accountId)) yield { ...message, conversationId: id };
        if (isAborted(signal)) return;
      }
    }
  } catch (error) {
    // What was being read when the account was locked is nobody's any more.
    if (!isAborted(signal)) throw error;
  } finally {
    signal?.removeEventListener('abort', aborted);
    stop();
  }
}

async function* messagesAfter(
  { store }: OpenAccount,
  conversationId: string,
  position: number,
): AsyncGenerator<MessageRecord> {
  const { to = '' } = startingWith(`${conversationId}/`);
  for (let after = position; ;) {
    const range = { from: messageKey(conversationId, after + 1), to, limit: MOST_AT_ONCE };
    const rows = await store.scan(MESSAGES, range);
    for (const { record } of rows) yield record;
    const last = rows.at(-1)?.record;
    if (last === undefined) return;
    after = last.upTo ?? last.seq;
  }
}

/** It may have been while the caller had a message. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
