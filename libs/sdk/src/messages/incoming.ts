import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { startingWith } from '../store/store.js';
import type { EventHub } from '../sync/events.js';
import { shownAt } from './expiry-record.js';
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
  readonly nowMs: () => number;
}

/**
 * What others have written: first what no device of this account has said that it read, then what comes, each once and in the
 * order of its conversation. Events only say where to look, so that a slow reader keeps a position of each conversation waiting,
 * and nothing else.
 */
export async function* incomingMessages(
  { account, book, events, nowMs }: Inbox,
  { conversationId: only, signal }: IncomingOptions,
): AsyncGenerator<IncomingMessage> {
  const positions = new Map<string, number>();
  const changed = new ChangedConversations(signal);
  const look = (id: string): void => {
    if (only === undefined || id === only) changed.add(id);
  };
  const stop = events.listen((event) => {
    if (event.kind === 'message') look(event.conversationId);
  });
  try {
    for (const [id] of await book.all()) look(id);
    for (let id = await changed.next(); id !== undefined; id = await changed.next()) {
      const after = positions.get(id) ?? (await book.get(id))?.saidUpTo ?? 0;
      for await (const message of messagesAfter({ account, nowMs }, id, after)) {
        positions.set(id, message.upTo ?? message.seq);
        if (isForReading(message, account.accountId)) yield { ...message, conversationId: id };
        if (changed.isOver) return;
      }
    }
  } catch (error) {
    // What was being read when the account was locked is nobody's any more.
    if (!changed.isOver) throw error;
  } finally {
    changed.close();
    stop();
  }
}

/** Those with something new that nobody has looked at yet. */
class ChangedConversations {
  private readonly waiting = new Set<string>();
  private wake = (): void => undefined;
  private readonly onAbort = (): void => this.wake();

  constructor(private readonly signal: AbortSignal | undefined) {
    signal?.addEventListener('abort', this.onAbort);
  }

  get isOver(): boolean {
    return this.signal?.aborted === true;
  }

  add(conversationId: string): void {
    this.waiting.add(conversationId);
    this.wake();
  }

  /** @returns undefined once it is over. */
  async next(): Promise<string | undefined> {
    while (!this.isOver) {
      const [id] = this.waiting;
      if (id !== undefined && this.waiting.delete(id)) return id;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return undefined;
  }

  close(): void {
    this.signal?.removeEventListener('abort', this.onAbort);
  }
}

async function* messagesAfter(
  { account: { store }, nowMs }: Pick<Inbox, 'account' | 'nowMs'>,
  conversationId: string,
  position: number,
): AsyncGenerator<MessageRecord> {
  const { to = '' } = startingWith(`${conversationId}/`);
  for (let after = position; ;) {
    const range = { from: messageKey(conversationId, after + 1), to, limit: MOST_AT_ONCE };
    const rows = await store.scan(MESSAGES, range);
    for (const { record } of rows) yield shownAt(record, nowMs());
    const last = rows.at(-1)?.record;
    if (last === undefined) return;
    after = last.upTo ?? last.seq;
  }
}
