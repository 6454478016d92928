import { SdkError } from '../sdk.errors.js';
import { RecordKind, type SealedStore } from '../store/sealed-store.js';
import { versionedCodec } from '../store/versioned-codec.js';
import type { EntryApplier } from './entry-applier.js';
import type { EventHub } from './events.js';
import { firstSeq, type LogItem } from './log-item.js';
import type { LogItems } from './log-pages.js';

/** So often an item is delivered that this device cannot take. */
const MOST_DELIVERIES = 5;

/** How often the item at a place of a log was delivered in vain. */
const DELIVERIES = new RecordKind('settings', versionedCodec<{ readonly seq: number; readonly count: number }>(1));
const deliveryKey = (conversationId: string): string => `delivery/${conversationId}`;

/**
 * Delivers a log page by page. An item at which this device fails again and again, or even ends, is set aside: it is shown that
 * something stands there, and what stands behind it is delivered.
 */
export class Deliveries {
  /** Conversations of which something was delivered since the device was opened. */
  private readonly begun = new Set<string>();

  constructor(
    private readonly store: SealedStore,
    private readonly applier: EntryApplier,
    private readonly events: EventHub,
  ) {}

  /**
   * Tells what is new once it is stored. It throws for nothing that is wrong with an item.
   * @returns whether none of them was out of reach.
   * @throws {StoreError} and {RelayUnreachableError}: what was stored until then stays.
   */
  async deliver(conversationId: string, page: LogItems): Promise<boolean> {
    if (this.begun.has(conversationId)) return this.attempt(conversationId, page, 0);
    this.begun.add(conversationId);
    // The first page may be what has ended this device the last time: it is counted before, which for all would be too dear.
    if ((await this.countOf(conversationId, page[0])) === 0) return this.counted(conversationId, page);
    // It was, or something else has ended it meanwhile: one by one they show which of them does.
    for (const item of page) if (!(await this.counted(conversationId, [item]))) return false;
    return true;
  }

  private async counted(conversationId: string, page: LogItems): Promise<boolean> {
    const [first] = page;
    const before = await this.countOf(conversationId, first);
    await this.note(conversationId, first, before + 1);
    try {
      return await this.attempt(conversationId, page, before);
    } catch (error) {
      await this.note(conversationId, first, before);
      throw error;
    }
  }

  /** @param before so often the first one was delivered in vain. */
  private async attempt(conversationId: string, page: LogItems, before: number): Promise<boolean> {
    let failures = before;
    for (let rest: readonly LogItem[] = page, first = rest[0]; first !== undefined; first = rest[0]) {
      // What has failed comes alone, so that nothing else is taken for it.
      const items = failures === 0 ? rest : [first];
      const isGivenUp = failures >= MOST_DELIVERIES;
      const progress = await (isGivenUp
        ? this.applier.setAside(conversationId, first)
        : this.applier.apply(conversationId, items));
      if (progress === undefined) return false;
      const { events, count, failure } = progress;
      this.events.tell(events);
      // The relay is out of reach, or the disk is full: that says nothing about the item.
      if (failure?.cause instanceof SdkError || (failure && isGivenUp)) throw failure.cause;
      failures = (count > 0 ? 0 : failures) + (failure === undefined ? 0 : 1);
      rest = rest.slice(count);
    }
    return true;
  }

  private async countOf(conversationId: string, item: LogItem): Promise<number> {
    const stored = await this.store.get(DELIVERIES, deliveryKey(conversationId));
    return stored?.record.seq === firstSeq(item) ? stored.record.count : 0;
  }

  private async note(conversationId: string, item: LogItem, count: number): Promise<void> {
    const key = deliveryKey(conversationId);
    const before = await this.store.get(DELIVERIES, key);
    const record = { seq: firstSeq(item), count };
    await this.store.write({ put: [DELIVERIES.put(key, record, before?.version)] });
  }
}
