import type { MessageRecord, SdkEvent } from '#sdk';
import { isForReading } from '../chats/chat.js';

/** What a notification says. */
export interface Words {
  readonly title: string;
  readonly body: string;
}

/** One that is on the screen. */
export interface ShownNotification {
  close(): void;
  addEventListener(kind: 'click', listener: () => void): void;
}

interface NotifierParts {
  readonly ownAccountId: string;
  /** Whether somebody has the chat before their eyes. */
  readonly isViewed: (conversationId: string) => boolean;
  /** Whether this browser tells of nothing for now. */
  readonly isMuted: () => boolean;
  /** Whether somebody was blocked: what they write in groups is told to nobody. */
  readonly isBlocked: (accountId: string) => boolean;
  /** Whether somebody asks to write, and is still waiting. */
  readonly isRequest: (conversationId: string) => Promise<boolean>;
  /** @param message what was written; undefined for a request. */
  readonly wordsFor: (conversationId: string, message?: MessageRecord) => Promise<Words>;
  /** @param tag another notification of the same tag takes its place. */
  readonly show: (words: Words, tag: string) => ShownNotification | undefined;
  readonly open: (conversationId: string) => void;
}

/** Tells of new messages outside of the page, one notification a chat. It says no more than its words do, and nothing when it was stopped. */
export class Notifier {
  private readonly asked = new Set<string>();
  private readonly shown = new Map<string, ShownNotification>();
  private isStopped = false;

  constructor(private readonly parts: NotifierParts) {}

  hear(event: SdkEvent): void {
    if (event.kind === 'message' && this.isNews(event.conversationId, event.message))
      void this.tell(event.conversationId, event.message);
    if (event.kind === 'conversation') void this.hearOf(event.conversationId);
    // Read here or on another device.
    if (event.kind === 'read' && event.unread === 0) this.close(event.conversationId);
  }

  /** Nothing of a locked account stays on the screen. */
  stop(): void {
    this.isStopped = true;
    for (const conversationId of [...this.shown.keys()]) this.close(conversationId);
  }

  /** Somebody may want to write: that is told once. */
  private async hearOf(conversationId: string): Promise<void> {
    if (this.asked.has(conversationId) || !(await this.parts.isRequest(conversationId))) return;
    if (this.asked.has(conversationId)) return;
    this.asked.add(conversationId);
    if (!this.parts.isViewed(conversationId)) await this.tell(conversationId);
  }

  private isNews(conversationId: string, message: MessageRecord): boolean {
    const { senderAccountId, isRestored = false } = message;
    const { ownAccountId, isBlocked } = this.parts;
    const isOfOthers = senderAccountId !== null && senderAccountId !== ownAccountId && !isBlocked(senderAccountId);
    return isOfOthers && !isRestored && isForReading(message) && !this.parts.isViewed(conversationId);
  }

  private async tell(conversationId: string, message?: MessageRecord): Promise<void> {
    if (this.parts.isMuted()) return;
    const words = await this.parts.wordsFor(conversationId, message);
    // Locked, or opened by its reader meanwhile.
    if (this.isStopped || this.parts.isViewed(conversationId)) return;
    const shown = this.parts.show(words, conversationId);
    if (shown === undefined) return;
    shown.addEventListener('click', () => {
      this.close(conversationId);
      this.parts.open(conversationId);
    });
    this.shown.set(conversationId, shown);
  }

  private close(conversationId: string): void {
    this.shown.get(conversationId)?.close();
    this.shown.delete(conversationId);
  }
}
