import type { Conversation, MessageRecord, SdkEvent } from '#sdk';
import { errorCode } from '../client/error-code.js';
import type { Client } from '../client/open-client.js';
import { Observable } from '../state/observable.js';
import { type Chat, isForReading } from './chat.js';

/** Between two changes of the list: thousands of messages may come in at once. */
const FLUSH_MS = 40;
/** So far back something to read is looked for, behind reactions and the like. */
const LAST_OF = 20;

/** All conversations, the newest first, as the events of the SDK tell. */
export class Chats {
  /** Undefined until they have been read. */
  readonly list = new Observable<readonly Chat[] | undefined>(undefined);
  readonly isOffline = new Observable(!navigator.onLine);
  private readonly chats = new Map<string, Omit<Chat, 'unread'>>();
  /** Of what has come since the account was opened. */
  private readonly unread = new Map<string, number>();
  private readonly viewed = new Set<string>();
  private readonly ending = new AbortController();
  private flushing: ReturnType<typeof setTimeout> | undefined;

  private readonly ownAccountId: string;

  /** @param client whose account is open. */
  constructor(private readonly client: Client) {
    this.ownAccountId = client.self.accountId;
  }

  async start(): Promise<void> {
    const { signal } = this.ending;
    const stopListening = this.client.listen((event) => void this.hear(event));
    signal.addEventListener('abort', stopListening);
    addEventListener('offline', () => this.isOffline.set(true), { signal });
    addEventListener('online', () => this.isOffline.set(false), { signal });
    const conversations = await this.client.conversations.list();
    await Promise.all(conversations.map((conversation) => this.put(conversation)));
    this.flush();
  }

  stop(): void {
    this.ending.abort();
    clearTimeout(this.flushing);
  }

  /** A conversation is on the screen: nothing of it is unread. @returns what ends it. */
  view(conversationId: string): () => void {
    this.viewed.add(conversationId);
    this.unread.delete(conversationId);
    this.flushLater();
    return () => this.viewed.delete(conversationId);
  }

  /** A conversation that was just begun, before anything has happened in it. */
  async add(conversation: Conversation): Promise<void> {
    await this.put(conversation, Date.now());
    this.flush();
  }

  private async hear(event: SdkEvent): Promise<void> {
    if (event.kind === 'message') this.hearMessage(event.conversationId, event.message);
    else if (event.kind === 'conversation' || event.kind === 'trouble') await this.refresh(event.conversationId);
    else if (event.kind === 'offline') this.isOffline.set(true);
    else if (event.kind === 'synced') this.isOffline.set(false);
  }

  private hearMessage(conversationId: string, message: MessageRecord): void {
    if (message.content?.kind === 'title') void this.refresh(conversationId);
    if (!isForReading(message)) return;
    const isOwn = message.senderAccountId === this.ownAccountId;
    if (!isOwn && !this.viewed.has(conversationId))
      this.unread.set(conversationId, (this.unread.get(conversationId) ?? 0) + 1);
    const chat = this.chats.get(conversationId);
    if (chat !== undefined && message.seq > (chat.last?.seq ?? 0))
      this.chats.set(conversationId, { ...chat, last: message, activeAtMs: message.sentAtMs });
    this.flushLater();
  }

  private async refresh(conversationId: string): Promise<void> {
    if (this.ending.signal.aborted) return;
    try {
      await this.put(await this.client.conversations.get(conversationId), Date.now());
    } catch (error) {
      // Gone again, or the account was locked meanwhile: there is nothing to show.
      if (!['unknown_conversation', 'locked', 'store_locked'].includes(errorCode(error))) throw error;
    }
    this.flushLater();
  }

  private async put(conversation: Conversation, seenAtMs = 0): Promise<void> {
    const { id } = conversation;
    const last = (await this.client.messages.history(id, { limit: LAST_OF })).find(isForReading);
    const before = this.chats.get(id);
    const activeAtMs = last?.sentAtMs ?? before?.activeAtMs ?? seenAtMs;
    this.chats.set(id, { conversation, last, activeAtMs });
  }

  private flushLater(): void {
    if (this.list.get() === undefined || this.ending.signal.aborted) return;
    this.flushing ??= setTimeout(() => this.flush(), FLUSH_MS);
  }

  private flush(): void {
    clearTimeout(this.flushing);
    this.flushing = undefined;
    const chats = [...this.chats].map(([id, chat]) => ({ ...chat, unread: this.unread.get(id) ?? 0 }));
    this.list.set(chats.sort((one, other) => other.activeAtMs - one.activeAtMs));
  }
}
