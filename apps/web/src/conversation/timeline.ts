import type { MessageRecord, QueuedMessage, SdkEvent } from '#sdk';
import type { Client } from '../client/open-client.js';
import { Observable } from '../state/observable.js';

const PAGE = 60;

export interface TimelineState {
  /** What stands in the log, oldest first. */
  readonly records: readonly MessageRecord[];
  /** What is on its way, or was refused. */
  readonly waiting: readonly QueuedMessage[];
  readonly hasEarlier: boolean;
  readonly isLoaded: boolean;
}

const EMPTY: TimelineState = { records: [], waiting: [], hasEarlier: false, isLoaded: false };

/** A window on one conversation: from its end backwards, as far as somebody has looked. */
export class Timeline {
  readonly state = new Observable<TimelineState>(EMPTY);
  private loading: Promise<void> | undefined;
  private stopListening: (() => void) | undefined;

  constructor(
    private readonly client: Client,
    private readonly conversationId: string,
  ) {}

  async start(): Promise<void> {
    // Before anything is read, so that nothing falls between.
    this.stopListening = this.client.listen((event) => void this.hear(event));
    await Promise.all([this.loadEarlier(), this.readWaiting()]);
    this.change({ isLoaded: true });
  }

  stop(): void {
    this.stopListening?.();
    this.stopListening = undefined;
  }

  loadEarlier(): Promise<void> {
    this.loading ??= this.readEarlier().finally(() => (this.loading = undefined));
    return this.loading;
  }

  async send(text: string): Promise<void> {
    await this.client.messages.send(this.conversationId, text);
    await this.readWaiting();
  }

  async retry(id: string): Promise<void> {
    await this.client.messages.retry(this.conversationId, id);
    await this.readWaiting();
  }

  async discard(id: string): Promise<void> {
    await this.client.messages.discard(this.conversationId, id);
    await this.readWaiting();
  }

  private async readEarlier(): Promise<void> {
    const oldest = this.state.get().records[0]?.seq;
    const page = await this.client.messages.history(this.conversationId, {
      limit: PAGE,
      ...(oldest !== undefined && { before: oldest }),
    });
    this.change({ records: merged(this.state.get().records, page), hasEarlier: page.length === PAGE });
  }

  private async readWaiting(): Promise<void> {
    const waiting = await this.client.messages.waiting(this.conversationId);
    // What has been stored in the meantime is shown where it stands.
    const stored = new Set(this.state.get().records.map(({ id }) => id));
    this.change({ waiting: waiting.filter(({ id }) => !stored.has(id)) });
  }

  private async hear(event: SdkEvent): Promise<void> {
    if (!('conversationId' in event) || event.conversationId !== this.conversationId) return;
    if (event.kind === 'message') {
      const { records, waiting } = this.state.get();
      const { message } = event;
      this.change({
        records: merged(records, [message]),
        waiting: waiting.filter(({ id }) => id !== message.id),
      });
    } else if (event.kind === 'refused') await this.readWaiting();
  }

  private change(change: Partial<TimelineState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

/** By position, each once; what came later replaces what was there. */
export function merged(records: readonly MessageRecord[], others: readonly MessageRecord[]): readonly MessageRecord[] {
  const newest = records.at(-1)?.seq ?? 0;
  const [only] = others;
  // What nearly always happens: one more at the end.
  if (others.length === 1 && only !== undefined && only.seq > newest) return [...records, only];
  const all = new Map([...records, ...others].map((record) => [record.seq, record]));
  return [...all.values()].sort((one, other) => one.seq - other.seq);
}
