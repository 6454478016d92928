import type { MessageContent } from '#protocol';
import { v7 } from 'uuid';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import type { ConversationRecord } from '../conversations/conversation-record.js';
import { GroupError } from '../groups/groups.errors.js';
import type { SealedBatch, StoredRecord } from '../store/sealed-store.js';
import { startingWith } from '../store/store.js';
import { withLifetime } from './expiry-record.js';
import { OUTBOX, type OutboxRecord, outboxKey } from './outbox-record.js';

interface QueueParts {
  readonly account: Pick<OpenAccount, 'store'>;
  readonly book: Pick<ConversationBook, 'get'>;
  /** Told that there is something to send. */
  readonly queued: (conversationId: string) => void;
  readonly nowMs: () => number;
}

/** Where messages begin: stored at once, in the order in which they are to leave. */
export class MessageQueue {
  private lastMs = 0;

  constructor(private readonly parts: QueueParts) {}

  /**
   * @param also is stored with it, or neither is.
   * @returns the message's id. @throws {GroupError} `unknown_conversation`, and `not_a_member` after leaving it, or being removed.
   */
  async add(
    conversationId: string,
    content: MessageContent,
    also: Pick<SealedBatch, 'put' | 'delete'> = {},
  ): Promise<string> {
    const { account, queued } = this.parts;
    const conversation = await this.conversation(conversationId);
    if (conversation.standing === 'left')
      throw new GroupError('not_a_member', 'This account is not in the conversation any more.');
    const lifetimeSeconds = await this.lifetimeIn(conversationId, conversation);
    const createdAtMs = this.nextMs();
    const id = v7({ msecs: createdAtMs });
    const record = { conversationId, id, content: withLifetime(content, lifetimeSeconds), createdAtMs };
    const put = [OUTBOX.put(outboxKey(conversationId, id), record), ...(also.put ?? [])];
    await account.store.write({ put, delete: also.delete ?? [] });
    queued(conversationId);
    return id;
  }

  /** Oldest first. */
  async waiting(conversationId: string): Promise<StoredRecord<OutboxRecord>[]> {
    return this.parts.account.store.scan(OUTBOX, startingWith(outboxKey(conversationId, '')));
  }

  /** Of what is written now; also where it was changed, and that has not been sent yet. @throws as {@link conversation}. */
  async lifetime(conversationId: string): Promise<number | null | undefined> {
    return this.lifetimeIn(conversationId, await this.conversation(conversationId));
  }

  private async lifetimeIn(
    conversationId: string,
    { lifetimeSeconds }: ConversationRecord,
  ): Promise<number | null | undefined> {
    const changes = (await this.waiting(conversationId)).flatMap(({ record: { content, refused } }) =>
      content.kind === 'lifetime' && refused === undefined ? [content.seconds] : [],
    );
    return changes.length === 0 ? lifetimeSeconds : changes.at(-1);
  }

  /** @throws {GroupError} `unknown_conversation` */
  async conversation(conversationId: string): Promise<ConversationRecord> {
    const record = await this.parts.book.get(conversationId);
    if (record === undefined)
      throw new GroupError('unknown_conversation', 'There is no such conversation on this device.');
    return record;
  }

  /** Never the same twice: messages leave in the order of their ids, which within a millisecond would be any. */
  private nextMs(): number {
    this.lastMs = Math.max(this.parts.nowMs(), this.lastMs + 1);
    return this.lastMs;
  }
}
