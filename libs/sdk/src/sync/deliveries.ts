import { SdkError } from '../sdk.errors.js';
import { RecordKind, type SealedStore } from '../store/sealed-store.js';
import { versionedCodec } from '../store/versioned-codec.js';
import type { EntryApplier } from './entry-applier.js';
import type { SdkEvent } from './events.js';
import { firstSeq, type LogItem } from './log-item.js';

/** So often an item is delivered that this device cannot take. */
const MOST_DELIVERIES = 5;

/** How often the item at a place of a log was delivered in vain. */
const DELIVERIES = new RecordKind('settings', versionedCodec<{ readonly seq: number; readonly count: number }>(1));
const deliveryKey = (conversationId: string): string => `delivery/${conversationId}`;

/**
 * Delivers a log item by item. One at which this device fails again and again, or even ends, is set aside: it is shown that
 * something stands there, and what stands behind it is delivered.
 */
export class Deliveries {
  /** Conversations of which something was delivered since the device was opened. */
  private readonly begun = new Set<string>();

  constructor(
    private readonly store: SealedStore,
    private readonly applier: EntryApplier,
  ) {}

  /** As {@link EntryApplier.apply}, but that it throws for nothing that is wrong with the item. */
  async deliver(conversationId: string, item: LogItem): Promise<readonly SdkEvent[] | undefined> {
    if (this.begun.has(conversationId)) return this.attempt(conversationId, item, 0);
    this.begun.add(conversationId);
    // The first one may be what has ended this device the last time: it is counted before, which for all would be too dear.
    const before = await this.countOf(conversationId, item);
    await this.note(conversationId, item, before + 1);
    try {
      return await this.attempt(conversationId, item, before);
    } catch (error) {
      await this.note(conversationId, item, before);
      throw error;
    }
  }

  private async attempt(
    conversationId: string,
    item: LogItem,
    before: number,
  ): Promise<readonly SdkEvent[] | undefined> {
    for (let count = before; count < MOST_DELIVERIES; count++)
      try {
        return await this.applier.apply(conversationId, item);
      } catch (error) {
        // The relay is out of reach, or the disk is full: that says nothing about the item.
        if (error instanceof SdkError) throw error;
      }
    return this.applier.setAside(conversationId, item);
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
