import { forget, type MlsGroup } from '#crypto';
import { type ConversationRecord, CONVERSATIONS } from '../conversations/conversation-record.js';
import type { GroupShelf } from '../groups/group-shelf.js';
import type { SealedStore, StoredRecord } from '../store/sealed-store.js';
import { StagedRecords } from '../store/staged-records.js';
import type { SdkEvent } from './events.js';
import type { Step } from './step.js';

/**
 * What items of a log make of a conversation, one upon the other. Only {@link write} stores it, all at once: until then the store
 * and the shelf have everything as it was, and no secret is forgotten, so that a device which ends reads the items again.
 */
export class ConversationDraft {
  /** As they will be. */
  readonly records: StagedRecords;
  readonly events: SdkEvent[] = [];
  private readonly spent: Uint8Array[] = [];
  private current: ConversationRecord;
  private next: Step['group'];

  constructor(
    private readonly store: SealedStore,
    private readonly shelf: GroupShelf,
    private readonly stored: StoredRecord<ConversationRecord>,
  ) {
    this.records = new StagedRecords(store);
    this.current = stored.record;
  }

  get conversationId(): string {
    return this.stored.key;
  }

  get record(): ConversationRecord {
    return this.current;
  }

  async group(): Promise<MlsGroup | undefined> {
    if (this.next === undefined) return this.shelf.get(this.conversationId);
    return this.next === 'gone' ? undefined : this.next;
  }

  /** @param cursor behind the item of the step. */
  add({ record, group = this.next, put = [], events = [], spent = [], ...step }: Step, cursor: number): void {
    this.records.stage({ put, delete: step.delete ?? [] });
    this.current = { ...record, cursor };
    this.next = group;
    this.events.push(...events);
    this.spent.push(...spent);
  }

  async write(): Promise<void> {
    const { key, version, record } = this.stored;
    if (this.current === record) return;
    const shelving = await this.shelving();
    const { put, delete: gone } = this.records.batch();
    await this.store.write({
      put: [CONVERSATIONS.put(key, this.current, version), ...put, ...(shelving?.batch.put ?? [])],
      delete: [...gone, ...(shelving?.batch.delete ?? [])],
    });
    shelving?.landed();
    forget(this.spent);
  }

  private async shelving() {
    if (this.next === undefined) return undefined;
    if (this.next === 'gone') return this.shelf.clear(this.conversationId);
    return this.shelf.shelve(this.conversationId, this.next);
  }
}
