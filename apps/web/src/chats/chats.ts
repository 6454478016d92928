import type { Conversation, MessageRecord, SdkEvent } from '#sdk';
import { errorCode, unlessGone } from '../client/error-code.js';
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
  private readonly chats = new Map<string, Chat>();
  /** What has changed since the list was shown, and whether its last message may be another one than is known. */
  private readonly stale = new Map<string, boolean>();
  private readonly viewed = new Set<string>();
  private readonly ending = new AbortController();
  private flushing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: Client) {}

  async start(): Promise<void> {
    const { signal } = this.ending;
    const stopListening = this.client.listen((event) => this.hear(event));
    signal.addEventListener('abort', stopListening);
    addEventListener('offline', () => this.isOffline.set(true), { signal });
    addEventListener('online', () => void unlessGone(this.client.reconnect()), { signal });
    const conversations = await this.client.conversations.list();
    await Promise.all(conversations.map((conversation) => this.put(conversation)));
    this.show();
    this.showLater();
  }

  stop(): void {
    this.ending.abort();
    clearTimeout(this.flushing);
  }

  /** A conversation is on the screen: nothing of it is unread, also before the SDK says so. @returns what ends it. */
  view(conversationId: string): () => void {
    this.viewed.add(conversationId);
    this.showLater();
    return () => this.viewed.delete(conversationId);
  }

  isViewed(conversationId: string): boolean {
    return this.viewed.has(conversationId);
  }

  /** A conversation that was just begun, before anything has happened in it. */
  async add(conversation: Conversation): Promise<void> {
    await this.put(conversation, { seenAtMs: Date.now() });
    this.show();
  }

  private hear(event: SdkEvent): void {
    if (event.kind === 'offline') this.isOffline.set(true);
    else if (event.kind === 'synced') this.isOffline.set(false);
    else if (event.kind === 'history') event.conversationIds.forEach((id) => this.refresh(id, true));
    else if (event.kind === 'message' || event.kind === 'changed')
      this.hearMessage(event.conversationId, event.message);
    else if (event.kind === 'expired') this.hearExpired(event.conversationId, event.message.seq);
    else if (event.kind === 'read') this.hearRead(event);
    else if (event.kind === 'conversation' || event.kind === 'trouble') this.refresh(event.conversationId);
  }

  private hearMessage(conversationId: string, message: MessageRecord): void {
    const chat = this.chats.get(conversationId);
    // A message that was deleted takes its own place.
    if (chat !== undefined && isForReading(message) && message.seq >= (chat.last?.seq ?? 0))
      this.chats.set(conversationId, { ...chat, last: message, activeAtMs: message.sentAtMs });
    // Of one that is being read just now, nobody knows whether that message is in it.
    this.refresh(conversationId, chat === undefined);
  }

  /** Nothing of it stays in the list. */
  private hearExpired(conversationId: string, seq: number): void {
    const chat = this.chats.get(conversationId);
    const isLast = chat?.last?.seq === seq;
    if (chat !== undefined && isLast) this.chats.set(conversationId, { ...chat, last: undefined });
    this.refresh(conversationId, isLast);
  }

  private hearRead({ conversationId, upTo, unread }: Extract<SdkEvent, { kind: 'read' }>): void {
    const chat = this.chats.get(conversationId);
    if (chat !== undefined)
      this.chats.set(conversationId, { ...chat, conversation: { ...chat.conversation, readUpTo: upTo, unread } });
    this.showLater();
  }

  private refresh(conversationId: string, isLastUnsure = false): void {
    this.stale.set(conversationId, isLastUnsure || this.stale.get(conversationId) === true);
    this.showLater();
  }

  private async read(conversationId: string, isLastUnsure: boolean): Promise<void> {
    try {
      await this.put(await this.client.conversations.get(conversationId), { isLastUnsure, seenAtMs: Date.now() });
    } catch (error) {
      // Gone again, or the account was locked meanwhile: there is nothing to show.
      if (!['unknown_conversation', 'locked', 'store_locked'].includes(errorCode(error))) throw error;
    }
  }

  private async put(conversation: Conversation, { isLastUnsure = true, seenAtMs = 0 } = {}): Promise<void> {
    const { id } = conversation;
    const found = isLastUnsure ? await this.lastOf(id) : undefined;
    // Something newer may have come while that was read.
    const known = this.chats.get(id);
    const last = newer(found, known?.last);
    this.chats.set(id, { conversation, last, activeAtMs: last?.sentAtMs ?? known?.activeAtMs ?? seenAtMs });
  }

  private async lastOf(conversationId: string): Promise<MessageRecord | undefined> {
    return (await this.client.messages.history(conversationId, { limit: LAST_OF })).find(isForReading);
  }

  private showLater(): void {
    if (this.list.get() === undefined || this.ending.signal.aborted) return;
    this.flushing ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  private async flush(): Promise<void> {
    const stale = [...this.stale];
    this.stale.clear();
    await Promise.all(stale.map(([conversationId, isLastUnsure]) => this.read(conversationId, isLastUnsure)));
    this.flushing = undefined;
    this.show();
    if (this.stale.size > 0) this.showLater();
  }

  private show(): void {
    if (this.ending.signal.aborted) return;
    const chats = [...this.chats.values()].map((chat) => (this.viewed.has(chat.conversation.id) ? seen(chat) : chat));
    this.list.set(chats.sort((one, other) => other.activeAtMs - one.activeAtMs));
  }
}

function newer(one: MessageRecord | undefined, other: MessageRecord | undefined): MessageRecord | undefined {
  return (other?.seq ?? 0) > (one?.seq ?? 0) ? other : one;
}

function seen(chat: Chat): Chat {
  return { ...chat, conversation: { ...chat.conversation, unread: 0 } };
}
