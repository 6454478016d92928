import type { MessageContent, TextContent } from '#protocol';
import type { OpenAccount } from '../account/open-account.js';
import { removalPut } from '../attachments/blob-removals.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { GroupError } from '../groups/groups.errors.js';
import type { SealedPut } from '../store/sealed-store.js';
import { everyRow, type Range, startingWith } from '../store/store.js';
import type { EventHub } from '../sync/events.js';
import { isOver, shownAt } from './expiry-record.js';
import { type IncomingMessage, type IncomingOptions, incomingMessages } from './incoming.js';
import { marksIn } from './marks-record.js';
import {
  isSignal,
  lostKey,
  MESSAGE_PLACES,
  type MessageRecord,
  MESSAGES,
  messageKey,
  messagePlaceKey,
} from './message-record.js';
import { type FoundMessage, MessageSearch } from './message-search.js';
import type { MessageQueue } from './message-queue.js';
import { OUTBOX, type OutboxRecord, outboxKey } from './outbox-record.js';

const MOST_ON_A_PAGE = 200;

interface Page {
  /** Only messages before this position. */
  readonly before?: number;
  /** 50 if left out, 200 at most. */
  readonly limit?: number;
  /** Also what only says something about other messages: reactions, deletions, read states. */
  readonly signals?: boolean;
}

/** How far a message has come with one of the others. */
export interface MessageReceipt {
  readonly accountId: string;
  readonly username: string;
  readonly isDelivered: boolean;
  readonly isRead: boolean;
}

/** What sending and reading messages leans on. */
interface MessageParts {
  readonly account: OpenAccount;
  readonly book: ConversationBook;
  readonly events: EventHub;
  readonly queue: MessageQueue;
  /** Told that the relay has a file to delete. */
  readonly onRemoval: () => void;
  readonly nowMs: () => number;
  /** Aborted when the account is locked. */
  readonly locked: AbortSignal;
}

/** A message that is on its way. */
export interface QueuedMessage {
  readonly id: string;
  readonly content: MessageContent;
  readonly createdAtMs: number;
  /** The relay's code, when it will not have it; null while it is tried. */
  readonly refused: string | null;
}

/** Sending and reading messages. */
export class Messages {
  private readonly finding: MessageSearch;

  constructor(private readonly parts: MessageParts) {
    this.finding = new MessageSearch(parts.account.store, parts.nowMs);
  }

  /**
   * Sends a text. It is stored when this resolves, and leaves as soon as the relay can be reached; the event `sent` says when it
   * stands in the conversation. It has the life that the conversation gives to what is written in it
   * (`conversations.setLifetime`): after that the relay and all devices delete it.
   *
   * @returns its id. @throws {GroupError} `unknown_conversation`, and `not_a_member` after leaving it, or being removed.
   *
   * @example
   * await sealpost.messages.send(chat.id, 'Good morning');
   */
  async send(conversationId: string, text: string, { replyTo }: Pick<TextContent, 'replyTo'> = {}): Promise<string> {
    return this.post(conversationId, { kind: 'text', text, ...(replyTo === undefined ? {} : { replyTo }) });
  }

  /** Sends any content. As {@link send}. */
  async post(conversationId: string, content: MessageContent): Promise<string> {
    return this.parts.queue.add(conversationId, content);
  }

  /**
   * Puts an emoji under a message, in place of this account's earlier one; null takes it back. As {@link send}.
   *
   * @throws {GroupError} `unknown_message`
   *
   * @example
   * await sealpost.messages.react(chat.id, message.id, '👍');
   */
  async react(conversationId: string, messageId: string, emoji: string | null): Promise<string> {
    await this.known(conversationId, messageId);
    return this.post(conversationId, { kind: 'reaction', to: messageId, emoji });
  }

  /**
   * Takes a message of this account back, on all devices that have it, and its file at the relay. Whoever has read it may remember.
   * As {@link send}.
   *
   * @throws {GroupError} `unknown_message`, and `not_the_author` for a message of somebody else's.
   *
   * @example
   * await sealpost.messages.delete(chat.id, message.id);
   */
  async delete(conversationId: string, messageId: string): Promise<string> {
    const { senderAccountId, content } = await this.known(conversationId, messageId);
    if (senderAccountId !== this.parts.account.accountId)
      throw new GroupError('not_the_author', 'Somebody else has written this message.');
    const removals = removalsOf(content);
    const id = await this.parts.queue.add(conversationId, { kind: 'deletion', of: messageId }, { put: removals });
    if (removals.length > 0) this.parts.onRemoval();
    return id;
  }

  /** The message of an id, as for what a reply quotes; undefined if this device has none. */
  async get(conversationId: string, messageId: string): Promise<MessageRecord | undefined> {
    const { store } = this.parts.account;
    const place = await store.get(MESSAGE_PLACES, messagePlaceKey(conversationId, messageId));
    const record = place && (await store.get(MESSAGES, messageKey(conversationId, place.record.seq)))?.record;
    return record && !isOver(record, this.parts.nowMs()) ? record : undefined;
  }

  /**
   * Who of the others has a message, and who has read it, as the relay tells: it may keep that back, or make it up. In
   * conversations of more than 32 members nobody's is kept. The event `receipt` says when to ask again.
   *
   * @throws {GroupError} `unknown_message`
   */
  async receipts(conversationId: string, messageId: string): Promise<MessageReceipt[]> {
    const { account } = this.parts;
    const { seq, senderAccountId } = await this.known(conversationId, messageId);
    const { members } = await this.parts.queue.conversation(conversationId);
    const marks = new Map((await marksIn(account.store, conversationId)).map((one) => [one.accountId, one]));
    const readers = members.filter(({ accountId, since = 0 }) => accountId !== senderAccountId && since <= seq);
    return readers.map(({ accountId, username }) => {
      const { delivered = 0, read = 0 } = marks.get(accountId) ?? {};
      return { accountId, username, isDelivered: delivered >= seq, isRead: read >= seq };
    });
  }

  /**
   * What others have written: first what is unread, then what comes, each once and in the order of its conversation, until the
   * signal ends it, or the account is locked. What is not marked as read comes again the next time.
   *
   * @example
   * for await (const message of sealpost.messages.incoming({ signal })) {
   *   console.log(message.content);
   *   await sealpost.receipts.markRead(message.conversationId, message.seq);
   * }
   */
  incoming({ conversationId, signal }: IncomingOptions = {}): AsyncGenerator<IncomingMessage> {
    const { locked, ...inbox } = this.parts;
    const ending = signal === undefined ? locked : AbortSignal.any([signal, locked]);
    return incomingMessages(inbox, { signal: ending, ...(conversationId !== undefined && { conversationId }) });
  }

  /**
   * The first message of {@link incoming}, or the first that is wanted.
   *
   * @throws the signal's reason when it ends the waiting. @throws {GroupError} `locked`
   *
   * @example
   * const { content } = await sealpost.messages.next({ signal: AbortSignal.timeout(60_000) });
   */
  async next(
    options: IncomingOptions & { readonly isWanted?: (message: IncomingMessage) => boolean } = {},
  ): Promise<IncomingMessage> {
    const { signal, isWanted = () => true } = options;
    for await (const message of this.incoming(options)) if (isWanted(message)) return message;
    signal?.throwIfAborted();
    throw new GroupError('locked', 'The account is not open any more.');
  }

  /** What stands in a conversation, newest first, with reactions on their messages. */
  async history(conversationId: string, { before, limit = 50, signals = false }: Page = {}): Promise<MessageRecord[]> {
    const most = Math.min(limit, MOST_ON_A_PAGE);
    const { from = '', to = '' } = startingWith(`${conversationId}/`);
    const range: Range = {
      from,
      to: before === undefined ? to : messageKey(conversationId, before),
      limit: most,
      reverse: true,
    };
    const page: MessageRecord[] = [];
    if (most < 1) return page;
    for await (const { record } of everyRow((rest) => this.parts.account.store.scan(MESSAGES, rest), range)) {
      if (signals || isShown(record)) page.push(shownAt(record, this.parts.nowMs()));
      if (page.length === most) break;
    }
    return page;
  }

  /** What has not been sent yet, oldest first. */
  async waiting(conversationId: string): Promise<QueuedMessage[]> {
    const rows = await this.parts.queue.waiting(conversationId);
    return rows.map(({ record: { id, content, createdAtMs, refused = null } }) => ({
      id,
      content,
      createdAtMs,
      refused,
    }));
  }

  /**
   * What others wrote, and the relay has lost: its database was restored from a backup. As soon as their devices send it again it
   * stands in {@link history} again, and here no more.
   */
  async lost(conversationId: string): Promise<MessageRecord[]> {
    const rows: MessageRecord[] = [];
    const range = startingWith(lostKey(conversationId, ''));
    for await (const { record } of everyRow((rest) => this.parts.account.store.scan(MESSAGES, rest), range))
      rows.push(record);
    return rows;
  }

  /**
   * Sends once more what the relay would not have, as a new message, after all that waits.
   *
   * @returns its new id; undefined when nothing of that id was refused.
   */
  async retry(conversationId: string, id: string): Promise<string | undefined> {
    const refused = await this.refused(conversationId, id);
    if (refused === undefined) return undefined;
    return this.parts.queue.add(conversationId, refused.content, { delete: [placeOf(conversationId, id)] });
  }

  /** Forgets a message that the relay would not have, and its file; one that is on its way stays there. */
  async discard(conversationId: string, id: string): Promise<void> {
    const refused = await this.refused(conversationId, id);
    if (refused === undefined) return;
    const put = removalsOf(refused.content);
    await this.parts.account.store.write({ put, delete: [placeOf(conversationId, id)] });
    if (put.length > 0) this.parts.onRemoval();
  }

  /**
   * Messages of all conversations in whose text all words or parts of words stand, in any case, the newest first. The first search
   * reads all texts into memory, where they stay until the account is locked. Nothing of it leaves the device.
   */
  async *search(words: string): AsyncGenerator<FoundMessage> {
    yield* this.finding.find(words);
  }

  /** Reads all texts now, as when somebody is about to search: the first search then answers at once, too. */
  async prepareSearch(): Promise<void> {
    await this.finding.prepare();
  }

  private async known(conversationId: string, messageId: string): Promise<MessageRecord> {
    const message = await this.get(conversationId, messageId);
    if (message === undefined) throw new GroupError('unknown_message', 'There is no such message on this device.');
    return message;
  }

  private async refused(conversationId: string, id: string): Promise<OutboxRecord | undefined> {
    const record = (await this.parts.account.store.get(OUTBOX, outboxKey(conversationId, id)))?.record;
    return record?.refused === undefined ? undefined : record;
  }
}

/** What of a message lies at the relay by itself. */
function removalsOf(content: MessageContent | null): SealedPut[] {
  return content?.kind === 'attachment' ? [removalPut(content.attachmentId)] : [];
}

function placeOf(conversationId: string, id: string) {
  return { table: OUTBOX.table, key: outboxKey(conversationId, id) };
}

/** Before what is no message by itself, some may be missing: then it is shown, or nobody would see that. */
function isShown(record: MessageRecord): boolean {
  return !isSignal(record) || record.missingBefore !== undefined;
}
