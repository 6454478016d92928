import { Injectable } from '@nestjs/common';
import type { ConversationId, EntryId } from '#protocol';
import { ConversationsService } from '../conversations/index.js';
import { type Entry, EntryWriter } from '../entries/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { type CursorOf, type Page, pageOf } from '../platform/http/page.js';
import { Limiter } from '../platform/limits/limiter.js';
import { longestLifeSeconds, RunningSettings } from '../settings/index.js';
import { groupPlaceOf } from './group-place.js';
import type { Message, OutgoingMessage, SentMessage } from './message.js';
import { type Mailbox, MessagesStore } from './messages.store.js';
import { messageKey, ReceiptsStore } from './receipts.store.js';

export const MAILBOX_CURSOR = ['time', 'uuid', 'seq'] as const;

interface MailboxRequest {
  readonly mailbox: Mailbox;
  readonly cursor: CursorOf<typeof MAILBOX_CURSOR> | undefined;
  readonly limit: number;
}

/** Sending and reading messages: the same rules over HTTP and sockets. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly writer: EntryWriter,
    private readonly messages: MessagesStore,
    private readonly receipts: ReceiptsStore,
    private readonly conversations: ConversationsService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
    private readonly settings: RunningSettings,
  ) {}

  /** Stores a message and says where. Who may send is decided under the conversation's lock, in the append itself. */
  async send(sender: Caller, conversationId: ConversationId, message: OutgoingMessage): Promise<SentMessage> {
    this.limiter.takeLocal('messages', sender.deviceId);
    this.limiter.takeLocal('bytes', sender.accountId, message.body.length);
    const { id, body } = message;
    // Once they have been read there is nothing to wait for, and until then all wait for the same: no message overtakes another.
    const settings = this.settings.isKnown ? this.settings.current : await this.settings.known();
    const seconds = Math.min(message.expiresIn ?? Infinity, longestLifeSeconds(settings) ?? Infinity);
    const place = groupPlaceOf(body, { conversationId, senderDeviceId: sender.deviceId, messageId: id });
    const draft = { conversationId, id, sender, body, lifetimeMs: seconds === Infinity ? 0 : seconds * 1000, place };
    const placement = await this.writer.append(draft);
    return { conversationId, id, ...placement };
  }

  /** Sends to a person: their direct conversation is found or created. */
  async sendTo(
    sender: Caller,
    to: { username: string; address: string },
    message: OutgoingMessage,
  ): Promise<SentMessage> {
    const { conversationId } = await this.conversations.openDirect(
      { caller: sender, address: to.address },
      { protocol: 'opaque', with: to.username },
    );
    return this.send(sender, conversationId, message);
  }

  async one(reader: Caller, conversationId: ConversationId, id: EntryId): Promise<Message> {
    const entry = await this.messages.one(reader.accountId, conversationId, id, this.clock.now());
    if (entry === undefined) throw new NotFound('message');
    const [message] = await this.withReceipts([entry]);
    if (message === undefined) throw new NotFound('message');
    return message;
  }

  async browse(reader: Caller, { mailbox, cursor, limit }: MailboxRequest): Promise<Page<Message>> {
    const before =
      cursor === undefined
        ? undefined
        : { at: new Date(cursor[0]), conversationId: cursor[1] as ConversationId, seq: cursor[2] };
    const entries = await this.messages.browse({
      reader: reader.accountId,
      mailbox,
      before,
      at: this.clock.now(),
      limit: limit + 1,
    });
    const page = pageOf(entries, limit, ({ createdAt, conversationId, seq }) => [
      createdAt.getTime(),
      conversationId,
      seq,
    ]);
    return { ...page, items: await this.withReceipts(page.items) };
  }

  private async withReceipts(entries: readonly Entry[]): Promise<Message[]> {
    if (entries.length === 0) return [];
    const receipts = await this.receipts.ofMessages(entries);
    return entries.map((entry) => ({
      entry,
      receipts: receipts.get(messageKey(entry.conversationId, entry.seq)) ?? [],
    }));
  }
}
