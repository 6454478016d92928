import type { Conversation, MessageRecord, Sealpost } from '#sdk';
import type { Positions } from './home.js';
import { messagesAfter } from './log-lines.js';

interface InboxOptions {
  readonly sealpost: Sealpost;
  /** Moved on as messages are printed. */
  readonly positions: Positions;
  /** Resolves when it has been printed. */
  readonly print: (conversation: Conversation, message: MessageRecord) => Promise<void>;
  /** Only of this conversation. */
  readonly only?: string;
}

/**
 * Prints what comes from other devices, each message once, in the order of its conversation. Events only say where to look: what
 * is printed is what the store has behind the last position.
 */
export class Inbox {
  constructor(private readonly options: InboxOptions) {}

  /** Until the signal ends it. */
  async follow(signal: AbortSignal): Promise<void> {
    const { sealpost, only } = this.options;
    const changed = new Set<string>();
    let wake = (): void => undefined;
    const look = (id: string): void => {
      if (only !== undefined && id !== only) return;
      changed.add(id);
      wake();
    };
    const stop = sealpost.listen((event) => {
      if (event.kind === 'message') look(event.conversationId);
    });
    signal.addEventListener('abort', () => wake());
    try {
      for (const { id } of await sealpost.conversations.list()) look(id);
      while (!signal.aborted) {
        const [id] = changed;
        if (id === undefined) await new Promise<void>((resolve) => (wake = resolve));
        else if (changed.delete(id)) await this.printNew(id);
      }
    } finally {
      stop();
    }
  }

  private async printNew(id: string): Promise<void> {
    const { sealpost, positions, print } = this.options;
    const messages = await messagesAfter(sealpost, id, positions.get(id) ?? 0);
    const conversation = await sealpost.conversations.get(id);
    for (const message of messages) {
      positions.set(id, message.upTo ?? message.seq);
      if (message.senderDeviceId !== sealpost.self.deviceId) await print(conversation, message);
    }
  }
}
