import type { Marks, MessageRecord, QueuedMessage, RosterChange, SdkEvent } from '#sdk';
import { unlessGone } from '../client/error-code.js';
import type { Client } from '../client/open-client.js';
import { Observable } from '../state/observable.js';
import { mergedChanges } from './roster-lines.js';
import { isSilent } from './timeline-items.js';

const PAGE = 60;
/** To reach what is far back, fewer questions are asked. */
const LARGE_PAGE = 200;

export interface TimelineState {
  /** What stands in the log, oldest first. */
  readonly records: readonly MessageRecord[];
  /** Who came, left, or has another role, as far back as the records go. */
  readonly changes: readonly RosterChange[];
  /** What is on its way, or was refused. */
  readonly waiting: readonly QueuedMessage[];
  /** How far each of the others is. */
  readonly marks: ReadonlyMap<string, Marks>;
  /** What replies quote and stands further back, by its id; null where this device has nothing of that id. */
  readonly quoted: ReadonlyMap<string, MessageRecord | null>;
  /** So many messages of others the relay has lost; they come again once their senders are there. */
  readonly lost: number;
  readonly hasEarlier: boolean;
  readonly isLoaded: boolean;
}

const EMPTY: TimelineState = {
  records: [],
  changes: [],
  waiting: [],
  marks: new Map(),
  quoted: new Map(),
  lost: 0,
  hasEarlier: false,
  isLoaded: false,
};

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
    this.stopListening = this.client.listen((event) => void unlessGone(this.hear(event)));
    await unlessGone(this.readAll());
  }

  stop(): void {
    this.stopListening?.();
    this.stopListening = undefined;
  }

  loadEarlier(limit = PAGE): Promise<void> {
    this.loading ??= unlessGone(this.readEarlier(limit)).finally(() => (this.loading = undefined));
    return this.loading;
  }

  /** Loads back to a position. */
  async reach(seq: number): Promise<void> {
    while (this.state.get().hasEarlier && (this.state.get().records[0]?.seq ?? 0) > seq)
      await this.loadEarlier(LARGE_PAGE);
  }

  async send(text: string, replyTo?: string): Promise<void> {
    await this.client.messages.send(this.conversationId, text, replyTo === undefined ? {} : { replyTo });
    await this.readWaiting();
  }

  /** @param emoji null takes the reaction back. */
  async react(messageId: string, emoji: string | null): Promise<void> {
    await this.client.messages.react(this.conversationId, messageId, emoji);
    await this.readWaiting();
  }

  async delete(messageId: string): Promise<void> {
    await this.client.messages.delete(this.conversationId, messageId);
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

  private async readAll(): Promise<void> {
    await Promise.all([this.loadEarlier(), this.readWaiting(), this.readMarks(), this.readLost()]);
    this.change({ isLoaded: true });
  }

  private async readEarlier(limit: number): Promise<void> {
    const oldest = this.state.get().records[0]?.seq;
    const page = await this.client.messages.history(this.conversationId, {
      limit,
      ...(oldest !== undefined && { before: oldest }),
    });
    const hasEarlier = page.length === limit;
    const from = hasEarlier ? page.at(-1)?.seq : undefined;
    const changes = await this.client.conversations.changes(this.conversationId, {
      ...(from !== undefined && { from }),
      ...(oldest !== undefined && { before: oldest }),
    });
    this.change({
      records: merged(this.state.get().records, page),
      changes: mergedChanges(this.state.get().changes, changes),
      hasEarlier,
    });
    await this.readQuoted(page);
  }

  /** What is on its way may be more than before: what was put there elsewhere tells nobody. */
  async readWaiting(): Promise<void> {
    const waiting = await this.client.messages.waiting(this.conversationId);
    // What has been stored in the meantime is shown where it stands.
    const stored = new Set(this.state.get().records.map(({ id }) => id));
    this.change({ waiting: waiting.filter(({ id }) => !stored.has(id)) });
  }

  private async readMarks(): Promise<void> {
    const marks = await this.client.receipts.of(this.conversationId);
    this.change({ marks: new Map(marks.map((one) => [one.accountId, one])) });
  }

  private async readLost(): Promise<void> {
    this.change({ lost: (await this.client.messages.lost(this.conversationId)).length });
  }

  /** What these reply to, as far as it is not on the page. */
  private async readQuoted(replies: readonly MessageRecord[]): Promise<void> {
    const { records, quoted } = this.state.get();
    const ids = new Set(replies.flatMap(({ content }) => (content?.kind === 'text' ? (content.replyTo ?? []) : [])));
    const missing = [...ids].filter((id) => !quoted.has(id) && !records.some((record) => record.id === id));
    if (missing.length === 0) return;
    const found = await Promise.all(missing.map((id) => this.client.messages.get(this.conversationId, id)));
    const added = missing.map((id, index): [string, MessageRecord | null] => [id, found[index] ?? null]);
    this.change({ quoted: new Map([...this.state.get().quoted, ...added]) });
  }

  private async hear(event: SdkEvent): Promise<void> {
    if (event.kind === 'history' && event.conversationIds.includes(this.conversationId)) await this.readAnew();
    if (event.kind === 'restored') await this.readAnew();
    if (!('conversationId' in event) || event.conversationId !== this.conversationId) return;
    if (event.kind === 'message' || event.kind === 'changed') await this.hearMessage(event.message);
    else if (event.kind === 'sent' || event.kind === 'refused') await this.readWaiting();
    else this.hearOther(event);
  }

  private hearOther(event: SdkEvent): void {
    if (event.kind === 'receipt') this.hearReceipt(event);
    if (event.kind === 'expired') this.hearExpired(event);
    if (event.kind === 'roster') this.change({ changes: mergedChanges(this.state.get().changes, event.changes) });
  }

  private async hearMessage(message: MessageRecord): Promise<void> {
    const { records, waiting, quoted, lost } = this.state.get();
    const { id: messageId } = message;
    this.change({
      records: isOnPage(message, records) ? merged(records, [message]) : records,
      // What changes another message waits until that has changed: both are told one after the other.
      waiting: waiting.filter(({ id, content }) => id !== message.id || isSilent(content)),
      ...(messageId !== null && quoted.has(messageId) && { quoted: new Map(quoted).set(messageId, message) }),
    });
    await this.readQuoted([message]);
    if (lost > 0 && message.isRestored === true) await this.readLost();
  }

  /** Nothing of it stays on the page, nor where it was quoted. */
  private hearExpired({ id, message }: Extract<SdkEvent, { kind: 'expired' }>): void {
    const { records, quoted } = this.state.get();
    this.change({
      records: isOnPage(message, records) ? merged(records, [message]) : records,
      ...(id !== null && quoted.has(id) && { quoted: new Map(quoted).set(id, null) }),
    });
  }

  private hearReceipt({ accountId, delivered, read }: Marks): void {
    this.change({ marks: new Map(this.state.get().marks).set(accountId, { accountId, delivered, read }) });
  }

  /** What was before is there now, or stands elsewhere. */
  private async readAnew(): Promise<void> {
    await this.loading;
    this.change({ records: [], changes: [] });
    await this.readAll();
  }

  private change(change: Partial<TimelineState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

/** What changes further back than anybody has looked is read when they look. */
function isOnPage({ seq }: MessageRecord, records: readonly MessageRecord[]): boolean {
  return seq >= (records[0]?.seq ?? 0);
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
