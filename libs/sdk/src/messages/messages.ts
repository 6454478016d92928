import type { MessageContent, TextContent } from '#protocol';
import { v7 } from 'uuid';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { GroupError } from '../groups/groups.errors.js';
import { everyRow, type Range, startingWith } from '../store/store.js';
import { type MessageRecord, MESSAGES, messageKey } from './message-record.js';
import { OUTBOX, type OutboxRecord, outboxKey } from './outbox-record.js';

const MOST_ON_A_PAGE = 200;

interface Page {
  /** Only messages before this position. */
  readonly before?: number;
  /** 50 if left out, 200 at most. */
  readonly limit?: number;
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
  private lastMs = 0;

  constructor(
    private readonly account: OpenAccount,
    private readonly book: ConversationBook,
    /** Told that there is something to send. */
    private readonly queued: (conversationId: string) => void,
    private readonly nowMs: () => number,
  ) {}

  /**
   * Sends a text. It is stored when this resolves, and leaves as soon as the relay can be reached; the event `sent` says when it
   * stands in the conversation.
   *
   * @returns its id. @throws {GroupError} `unknown_conversation`
   *
   * @example
   * await sealpost.messages.send(chat.id, 'Good morning');
   */
  async send(conversationId: string, text: string, { replyTo }: Pick<TextContent, 'replyTo'> = {}): Promise<string> {
    return this.post(conversationId, { kind: 'text', text, ...(replyTo === undefined ? {} : { replyTo }) });
  }

  /** Sends any content. As {@link send}. */
  async post(conversationId: string, content: MessageContent): Promise<string> {
    if ((await this.book.get(conversationId)) === undefined)
      throw new GroupError('unknown_conversation', 'There is no such conversation on this device.');
    const createdAtMs = this.nextMs();
    const id = v7({ msecs: createdAtMs });
    const record: OutboxRecord = { conversationId, id, content, createdAtMs };
    await this.account.store.write({ put: [OUTBOX.put(outboxKey(conversationId, id), record)] });
    this.queued(conversationId);
    return id;
  }

  /** What stands in a conversation, newest first. */
  async history(conversationId: string, { before, limit = 50 }: Page = {}): Promise<MessageRecord[]> {
    const { from = '', to = '' } = startingWith(`${conversationId}/`);
    const range: Range = {
      from,
      to: before === undefined ? to : messageKey(conversationId, before),
      limit: Math.min(limit, MOST_ON_A_PAGE),
      reverse: true,
    };
    return (await this.account.store.scan(MESSAGES, range)).map(({ record }) => record);
  }

  /** What has not been sent yet, oldest first. */
  async waiting(conversationId: string): Promise<QueuedMessage[]> {
    const rows = await this.account.store.scan(OUTBOX, startingWith(outboxKey(conversationId, '')));
    return rows.map(({ record: { id, content, createdAtMs, refused = null } }) => ({
      id,
      content,
      createdAtMs,
      refused,
    }));
  }

  /**
   * Sends once more what the relay would not have, as a new message, after all that waits.
   *
   * @returns its new id; undefined when nothing of that id was refused.
   */
  async retry(conversationId: string, id: string): Promise<string | undefined> {
    const refused = await this.refused(conversationId, id);
    if (refused === undefined) return undefined;
    const again = await this.post(conversationId, refused.content);
    await this.discard(conversationId, id);
    return again;
  }

  /** Forgets a message that the relay would not have; one that is on its way stays there. */
  async discard(conversationId: string, id: string): Promise<void> {
    if ((await this.refused(conversationId, id)) === undefined) return;
    await this.account.store.write({ delete: [{ table: OUTBOX.table, key: outboxKey(conversationId, id) }] });
  }

  /** Messages of all conversations in whose text all words stand, in any case. Nothing of it leaves the device. */
  async *search(words: string): AsyncGenerator<MessageRecord & { readonly conversationId: string }> {
    const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (wanted.length === 0) return;
    for await (const { key, record } of everyRow((range) => this.account.store.scan(MESSAGES, range))) {
      const text = textOf(record).toLocaleLowerCase();
      if (wanted.every((word) => text.includes(word))) yield { ...record, conversationId: key.split('/')[0] ?? '' };
    }
  }

  private async refused(conversationId: string, id: string): Promise<OutboxRecord | undefined> {
    const record = (await this.account.store.get(OUTBOX, outboxKey(conversationId, id)))?.record;
    return record?.refused === undefined ? undefined : record;
  }

  /** Never the same twice: messages leave in the order of their ids, which within a millisecond would be any. */
  private nextMs(): number {
    this.lastMs = Math.max(this.nowMs(), this.lastMs + 1);
    return this.lastMs;
  }
}

function textOf({ content }: MessageRecord): string {
  if (content?.kind === 'text') return content.text;
  return content?.kind === 'attachment' ? `${content.name} ${content.caption ?? ''}` : '';
}
