import { forget, type Judge } from '#crypto';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { type ConversationRecord, CONVERSATIONS } from '../conversations/conversation-record.js';
import { changedRoster, isBelievable } from '../conversations/roster.js';
import type { GroupShelf } from '../groups/group-shelf.js';
import { type MessageRecord, MESSAGES, messageKey, type Unreadable } from '../messages/message-record.js';
import type { StoredRecord } from '../store/sealed-store.js';
import { commitStep } from './commit-step.js';
import { ENTRY_IDS, entryIdKey } from './entry-ids.js';
import type { SdkEvent } from './events.js';
import { firstSeq, lastSeq, type LogEntry, type LogItem, membersChangeOf } from './log-item.js';
import { withEffects } from './message-effects.js';
import { messageStep } from './message-step.js';
import type { Step } from './step.js';

const GAP_REASONS = [
  'expired',
  'erased',
  'not_member',
  'quarantined',
  'unknown',
] as const satisfies readonly Unreadable[];

/**
 * Brings the log of a conversation into the store, item by item and in order: the state of its group, the cursor and what
 * can be read land together, before the cursor is reported to the relay. No item holds up those behind it.
 */
export class EntryApplier {
  constructor(
    private readonly account: OpenAccount,
    private readonly shelf: GroupShelf,
    private readonly judge: Judge,
    private readonly book: ConversationBook,
  ) {}

  /**
   * @returns what is new; undefined when something before the item is missing.
   * @throws {StoreError} and {RelayUnreachableError}: nothing has been stored then.
   */
  async apply(conversationId: string, item: LogItem): Promise<readonly SdkEvent[] | undefined> {
    const { store } = this.account;
    const stored = await store.get(CONVERSATIONS, conversationId);
    if (stored === undefined || stored.record.restoration === 'log') return undefined;
    if (firstSeq(item) > stored.record.cursor + 1) return undefined;
    if (lastSeq(item) <= stored.record.cursor) return [];
    const step = await this.demandRoster(conversationId, stored.record, item);
    await this.write(conversationId, stored, { ...step, record: { ...step.record, cursor: lastSeq(item) } });
    return step.events ?? [];
  }

  /** Goes past an item that this device cannot take, and shows that something stands there. Otherwise as {@link apply}. */
  async setAside(conversationId: string, item: LogItem): Promise<readonly SdkEvent[] | undefined> {
    const stored = await this.account.store.get(CONVERSATIONS, conversationId);
    if (stored === undefined || firstSeq(item) > stored.record.cursor + 1) return undefined;
    if (lastSeq(item) <= stored.record.cursor) return [];
    const seq = firstSeq(item);
    const isCommit = !('gap' in item) && item.kind === 'commit';
    const step = gapStep(conversationId, stored.record, { from: seq, to: lastSeq(item), reason: 'quarantined' });
    const record = { ...step.record, cursor: lastSeq(item), ...(isCommit && { trouble: 'bad_commit' as const }) };
    const trouble = { kind: 'trouble', conversationId, trouble: 'bad_commit' } as const;
    const events = [{ kind: 'quarantined', conversationId, seq } as const, ...(isCommit ? [trouble] : [])];
    await this.write(conversationId, stored, { ...step, record });
    return [...(step.events ?? []), ...events];
  }

  /** What a commit was signed to do to the members stands right behind it: if something else does, the relay keeps it back. */
  private async demandRoster(conversationId: string, record: ConversationRecord, item: LogItem): Promise<Step> {
    const isRoster = !('gap' in item) && item.kind === 'members';
    if (record.announced === undefined || isRoster) return this.stepOf(conversationId, record, item);
    const trouble = 'roster_differs';
    const step = await this.stepOf(conversationId, { ...record, announced: undefined, trouble }, item);
    return { ...step, events: [{ kind: 'trouble', conversationId, trouble }, ...(step.events ?? [])] };
  }

  private async stepOf(conversationId: string, record: ConversationRecord, item: LogItem): Promise<Step> {
    // What stands here already is not covered by it.
    if ('gap' in item)
      return gapStep(conversationId, record, { ...item.gap, from: Math.max(item.gap.from, record.cursor + 1) });
    if (item.kind === 'message')
      return withEffects(this.account, conversationId, await messageStep(this.steps, record, item));
    const step = await this.unreadStep(record, item);
    const place = entryIdKey(conversationId, item.seq);
    return { ...step, put: [...(step.put ?? []), ENTRY_IDS.put(place, { id: item.id })] };
  }

  /** Of an entry that is no message. */
  private async unreadStep(record: ConversationRecord, item: LogEntry): Promise<Step> {
    switch (item.kind) {
      case 'commit':
        return commitStep(this.steps, record, item);
      case 'members':
        return this.membersStep(record, item);
      default:
        // Encrypted metadata is not used by this protocol, and what a later relay may write is not known.
        return { record };
    }
  }

  private get steps() {
    const { store, engine, deviceId } = this.account;
    return { store, engine, deviceId, shelf: this.shelf, judge: this.judge, book: this.book };
  }

  private async membersStep(record: ConversationRecord, entry: LogEntry): Promise<Step> {
    const { conversationId } = entry;
    const change = membersChangeOf(entry);
    if (change === undefined || !isBelievable(change, record, entry.seq)) {
      // Of a log that was rolled back: the members are compared when all of it has been read.
      if (record.restoration !== undefined && record.announced === undefined) return { record };
      const trouble = 'roster_differs';
      return {
        record: { ...record, announced: undefined, trouble },
        events: [{ kind: 'trouble', conversationId, trouble }],
      };
    }
    const members = changedRoster(record.members, change, entry.seq);
    const own = members.find(({ accountId }) => accountId === this.account.accountId);
    const events = [{ kind: 'conversation', conversationId }] as const;
    const next = { ...record, members, announced: undefined, standing: own?.state ?? 'left' } as const;
    if (own !== undefined) return { record: next, events };
    return { record: { ...next, generation: 0 }, shelving: await this.shelf.clear(conversationId), events };
  }

  private async write(
    conversationId: string,
    { version }: StoredRecord<ConversationRecord>,
    { record, shelving, put = [], delete: gone = [], spent = [] }: Step,
  ): Promise<void> {
    await this.account.store.write({
      put: [CONVERSATIONS.put(conversationId, record, version), ...put, ...(shelving?.batch.put ?? [])],
      delete: [...gone, ...(shelving?.batch.delete ?? [])],
    });
    shelving?.landed();
    forget(spent);
  }
}

function gapStep(
  conversationId: string,
  record: ConversationRecord,
  gap: Extract<LogItem, { gap: unknown }>['gap'],
): Step {
  const message: MessageRecord = {
    id: null,
    seq: gap.from,
    upTo: gap.to,
    senderAccountId: null,
    senderDeviceId: null,
    sentAtMs: 0,
    content: null,
    unreadable: GAP_REASONS.find((known) => known === gap.reason) ?? 'unknown',
  };
  return {
    record,
    put: [MESSAGES.put(messageKey(conversationId, gap.from), message)],
    events: [{ kind: 'message', conversationId, message }],
  };
}
