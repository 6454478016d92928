import type { Judge } from '#crypto';
import type { MembersChange } from '#protocol';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { type ConversationRecord, CONVERSATIONS } from '../conversations/conversation-record.js';
import { changedRoster, isBelievable } from '../conversations/roster.js';
import { retentionIn } from '../conversations/retention.js';
import { ROSTER_CHANGES, type RosterChange, rosterChangesOf, rosterKey } from '../conversations/roster-changes.js';
import type { GroupShelf } from '../groups/group-shelf.js';
import { type MessageRecord, MESSAGES, messageKey, type Unreadable } from '../messages/message-record.js';
import { commitStep } from './commit-step.js';
import { ConversationDraft } from './conversation-draft.js';
import { ENTRY_IDS, entryIdKey } from './entry-ids.js';
import type { SdkEvent } from './events.js';
import { firstSeq, lastSeq, type LogEntry, type LogItem, membersChangeOf } from './log-item.js';
import { withEffects } from './message-effects.js';
import { messageStep } from './message-step.js';
import type { Step } from './step.js';

const GAP_REASONS = [
  'expired',
  'delivered',
  'erased',
  'not_member',
  'quarantined',
  'unknown',
] as const satisfies readonly Unreadable[];

/** How far items of a log have come. */
export interface Progress {
  /** What is new. */
  readonly events: readonly SdkEvent[];
  /** So many of them are stored. */
  readonly count: number;
  /** Why the next one is not. */
  readonly failure?: { readonly cause: unknown };
}

/**
 * Brings the log of a conversation into the store, in order and page by page: the state of its group, the cursor and what
 * can be read land together, before the cursor is reported to the relay. No item holds up those behind it.
 */
export class EntryApplier {
  constructor(
    private readonly account: OpenAccount,
    private readonly shelf: GroupShelf,
    private readonly judge: Judge,
    private readonly book: ConversationBook,
    private readonly nowMs: () => number,
  ) {}

  /**
   * Stores all of them at once, or those before the one at which this device fails.
   * @returns undefined when something before the first one is missing.
   */
  async apply(conversationId: string, items: readonly LogItem[]): Promise<Progress | undefined> {
    const draft = await this.draftFor(conversationId, items[0]);
    if (draft?.record.restoration === 'log') return undefined;
    return draft && this.progress(draft, items, (item) => this.demandRoster(draft, item));
  }

  /** Goes past an item that this device cannot take, and shows that something stands there. Otherwise as {@link apply}. */
  async setAside(conversationId: string, item: LogItem): Promise<Progress | undefined> {
    const draft = await this.draftFor(conversationId, item);
    return draft && this.progress(draft, [item], () => quarantineStep(draft, item));
  }

  private async draftFor(conversationId: string, first: LogItem | undefined): Promise<ConversationDraft | undefined> {
    const { store } = this.account;
    const stored = await store.get(CONVERSATIONS, conversationId);
    if (stored === undefined || first === undefined || firstSeq(first) > stored.record.cursor + 1) return undefined;
    return new ConversationDraft(store, this.shelf, stored);
  }

  private async progress(
    draft: ConversationDraft,
    items: readonly LogItem[],
    stepOf: (item: LogItem) => Step | Promise<Step>,
  ): Promise<Progress> {
    let count = 0;
    let failure: Progress['failure'];
    for (const item of items)
      try {
        if (firstSeq(item) > draft.record.cursor + 1) break;
        if (lastSeq(item) > draft.record.cursor) draft.add(await stepOf(item), lastSeq(item));
        count++;
      } catch (cause) {
        failure = { cause };
        break;
      }
    try {
      await draft.write();
    } catch (cause) {
      return { events: [], count: 0, failure: { cause } };
    }
    return { events: draft.events, count, ...(failure && { failure }) };
  }

  /** What a commit was signed to do to the members stands right behind it: if something else does, the relay keeps it back. */
  private async demandRoster(draft: ConversationDraft, item: LogItem): Promise<Step> {
    const { conversationId, record } = draft;
    const isRoster = !('gap' in item) && item.kind === 'members';
    if (record.announced === undefined || isRoster) return this.stepOf(draft, record, item);
    const trouble = 'roster_differs';
    const step = await this.stepOf(draft, { ...record, announced: undefined, trouble }, item);
    return { ...step, events: [{ kind: 'trouble', conversationId, trouble }, ...(step.events ?? [])] };
  }

  private async stepOf(draft: ConversationDraft, record: ConversationRecord, item: LogItem): Promise<Step> {
    const { conversationId, records: store } = draft;
    const { accountId } = this.account;
    // What stands here already is not covered by it.
    if ('gap' in item)
      return gapStep(conversationId, record, { ...item.gap, from: Math.max(item.gap.from, record.cursor + 1) });
    if (item.kind === 'message')
      return withEffects({ store, accountId }, conversationId, await messageStep(this.steps(draft), record, item));
    const step = await this.unreadStep(draft, record, item);
    const place = entryIdKey(conversationId, item.seq);
    return { ...step, put: [...(step.put ?? []), ENTRY_IDS.put(place, { id: item.id })] };
  }

  /** Of an entry that is no message. */
  private async unreadStep(draft: ConversationDraft, record: ConversationRecord, item: LogEntry): Promise<Step> {
    switch (item.kind) {
      case 'commit':
        return commitStep(this.steps(draft), record, item);
      case 'members':
        return this.membersStep(record, item);
      case 'retention':
        return retentionStep(record, item);
      default:
        // Encrypted metadata is not used by this protocol, and what a later relay may write is not known.
        return { record };
    }
  }

  private steps(draft: ConversationDraft) {
    const { engine, deviceId, accountId } = this.account;
    const { judge, book, nowMs } = this;
    return { store: draft.records, group: () => draft.group(), engine, deviceId, accountId, judge, book, nowMs };
  }

  private membersStep(record: ConversationRecord, entry: LogEntry): Step {
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
    const changes = this.changesBy(record, entry, change);
    const told = {
      put: [ROSTER_CHANGES.put(rosterKey(conversationId, entry.seq), { changes })],
      events: [
        { kind: 'conversation', conversationId },
        { kind: 'roster', conversationId, changes },
      ],
    } as const;
    const next = { ...record, members, announced: undefined, standing: own?.state ?? 'left' } as const;
    if (own !== undefined) return { record: next, ...told };
    return { record: { ...next, generation: 0 }, group: 'gone', ...told };
  }

  /** By whose signature. Of what came before this device could read any, the relay says whose it was. */
  private changesBy(record: ConversationRecord, entry: LogEntry, change: MembersChange): RosterChange[] {
    const { announced, announcedBy, believedUntil, members } = record;
    const isTold = entry.seq <= believedUntil ? (entry.senderId ?? undefined) : undefined;
    const people = [...members, ...(change.added ?? []), ...(change.removed ?? [])];
    const names = new Map(people.map(({ accountId, username }) => [accountId, username]));
    return rosterChangesOf({
      seq: entry.seq,
      atMs: Date.parse(entry.createdAt),
      change,
      by: announced === undefined ? isTold : announcedBy,
      nameOf: (accountId) => names.get(accountId) ?? this.book.usernameOf(accountId) ?? '',
    });
  }
}

/** The relay alone says so, and by whom: it is what keeps the messages, and nothing that it could not do anyway. */
function retentionStep(record: ConversationRecord, entry: LogEntry): Step {
  const { conversationId, sender } = entry;
  const retention = retentionIn(entry.retention);
  if (retention === undefined) return { record };
  const events = [
    { kind: 'conversation', conversationId },
    { kind: 'retention', conversationId, retention, by: sender },
  ] as const;
  return { record: { ...record, retention }, events };
}

/** Behind a commit that is passed over the group cannot be followed. */
function quarantineStep({ conversationId, record }: ConversationDraft, item: LogItem): Step {
  const seq = firstSeq(item);
  const isCommit = !('gap' in item) && item.kind === 'commit';
  const trouble = 'bad_commit';
  const step = gapStep(conversationId, record, { from: seq, to: lastSeq(item), reason: 'quarantined' });
  return {
    ...step,
    record: { ...record, ...(isCommit && { trouble }) },
    events: [
      ...(step.events ?? []),
      { kind: 'quarantined', conversationId, seq },
      ...(isCommit ? [{ kind: 'trouble', conversationId, trouble } as const] : []),
    ],
  };
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
