import type { SdkEvent } from '#sdk';
import { Observable } from '../state/observable.js';

/** Whoever goes away while typing never says so. */
const LAPSE_MS = 8_000;

type Who = ReadonlyMap<string, readonly string[]>;

/** Who types where, as far as they say so. */
export class Typing {
  /** Accounts by conversation. */
  readonly who = new Observable<Who>(new Map());
  private readonly lapses = new Map<string, ReturnType<typeof setTimeout>>();

  hear(event: SdkEvent): void {
    if (event.kind === 'typing') this.note(event.conversationId, event.accountId, event.active);
    // What was typed is there.
    if (event.kind === 'message' && event.message.senderAccountId !== null)
      this.note(event.conversationId, event.message.senderAccountId, false);
  }

  stop(): void {
    for (const lapse of this.lapses.values()) clearTimeout(lapse);
    this.lapses.clear();
  }

  private note(conversationId: string, accountId: string, isActive: boolean): void {
    const key = `${conversationId} ${accountId}`;
    clearTimeout(this.lapses.get(key));
    this.lapses.delete(key);
    if (isActive)
      this.lapses.set(
        key,
        setTimeout(() => this.note(conversationId, accountId, false), LAPSE_MS),
      );
    const before = this.who.get().get(conversationId) ?? [];
    if (before.includes(accountId) === isActive) return;
    const after = isActive ? [...before, accountId] : before.filter((other) => other !== accountId);
    this.who.set(new Map(this.who.get()).set(conversationId, after));
  }
}
