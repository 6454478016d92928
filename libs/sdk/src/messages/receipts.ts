import { LIMITS } from '#protocol';
import type { OpenAccount } from '../account/open-account.js';
import { type ConversationRecord, CONVERSATIONS } from '../conversations/conversation-record.js';
import { GroupError } from '../groups/groups.errors.js';
import { isRefusal } from '../relay/relay.errors.js';
import type { EventHub } from '../sync/events.js';
import type { Lanes } from '../sync/lanes.js';
import { type Marks, marksIn, raisedMarks } from './marks-record.js';
import { readUpTo } from './unread.js';

/** As the relay tells them. */
interface Watermark {
  readonly conversationId: string;
  readonly accountId: string;
  readonly kind: string;
  readonly upTo: number;
}

/** The relay takes a mark no more: this account has left, or the relay has other logs than before. */
const PAST = ['not_found', 'invalid_request', 'forbidden'] as const;

interface Move {
  readonly upTo?: number | undefined;
  readonly by: 'reader' | 'own device' | 'relay';
}

interface ReceiptOptions {
  readonly lanes: Lanes;
  readonly events: EventHub;
  /** Whether others may know how far this account has read. */
  readonly readReceipts: boolean;
  /** Told that there is something to report; and whether the relay is not to hear of it. */
  readonly marked: (conversationId: string, isPrivate: boolean) => void;
}

/** How far messages have come: of others' messages this device says so, of one's own the relay tells. */
export class Receipts {
  constructor(
    private readonly account: OpenAccount,
    private readonly options: ReceiptOptions,
  ) {}

  /**
   * The reader has seen everything up to a position, or everything that is here. Stored at once, and told to the senders and to
   * this account's other devices as soon as the relay can be reached, unless `readReceipts` is false.
   *
   * @throws {GroupError} `unknown_conversation`
   *
   * @example
   * await sealpost.receipts.markRead(chat.id, message.seq);
   */
  async markRead(conversationId: string, upTo?: number): Promise<void> {
    const { lanes, marked } = this.options;
    const record = await lanes.run(conversationId, () => this.moveTo(conversationId, { upTo, by: 'reader' }));
    if (record !== undefined) marked(conversationId, this.isPrivate(record));
  }

  /** Another device of this account has read so far, as it says itself. */
  async readElsewhere(conversationId: string, upTo: number): Promise<void> {
    await this.options.lanes.run(conversationId, async () => {
      if ((await this.account.store.get(CONVERSATIONS, conversationId)) !== undefined)
        await this.moveTo(conversationId, { upTo, by: 'own device' });
    });
  }

  /** Whether the relay is told nothing of what is read there, and so tells nothing to this account's other devices. */
  isPrivate({ members }: ConversationRecord): boolean {
    return !this.options.readReceipts || members.length > LIMITS.receiptMembers;
  }

  /** How far each of the others has a conversation, of whom something is known. */
  async of(conversationId: string): Promise<readonly Marks[]> {
    const known = await marksIn(this.account.store, conversationId);
    return known.filter(({ accountId }) => accountId !== this.account.accountId);
  }

  /** What the relay says of others, and of this account's other devices. */
  async take(watermarks: readonly Watermark[]): Promise<void> {
    const byConversation = new Map<string, Watermark[]>();
    for (const mark of watermarks)
      byConversation.set(mark.conversationId, [...(byConversation.get(mark.conversationId) ?? []), mark]);
    for (const [conversationId, marks] of byConversation)
      await this.options.lanes.run(conversationId, () => this.takeWithin(conversationId, marks));
  }

  /** Tells the relay what it does not know yet. @throws {RelayUnreachableError} after which to try again. */
  async report(conversationId: string): Promise<void> {
    const { store, accountId, relay } = this.account;
    const record = (await store.get(CONVERSATIONS, conversationId))?.record;
    if (record?.standing !== 'joined' || record.members.length > LIMITS.receiptMembers) return;
    const told = (await marksIn(store, conversationId)).find((marks) => marks.accountId === accountId);
    const marks = this.marksOf(record);
    const body = furtherThan(told, marks);
    if (body === undefined) return;
    const params = { path: { conversationId } };
    try {
      await relay.call((api) => api.PUT('/v1/conversations/{conversationId}/receipts', { params, body }));
    } catch (error) {
      if (!isRefusal(error, ...PAST)) throw error;
    }
    await this.options.lanes.run(conversationId, () => this.raise(conversationId, [marks]));
  }

  /** How far this account is, as far as the relay is to know. */
  private marksOf(record: ConversationRecord): Marks {
    const { readUpTo: upTo = 0, cursor } = record;
    const read = this.isPrivate(record) ? 0 : Math.min(upTo, cursor);
    return { accountId: this.account.accountId, delivered: cursor, read };
  }

  /** @returns what it is now; undefined when it was so before. */
  private async moveTo(conversationId: string, { upTo = Infinity, by }: Move): Promise<ConversationRecord | undefined> {
    const { store } = this.account;
    const stored = await store.get(CONVERSATIONS, conversationId);
    if (stored === undefined)
      throw new GroupError('unknown_conversation', 'There is no such conversation on this device.');
    const { record: before } = stored;
    // Nobody reads here what has not come; another device may have more.
    const most = by === 'reader' ? before.cursor : Number.MAX_SAFE_INTEGER;
    const reading = { upTo: Math.min(upTo, most), isTold: by === 'relay' };
    const record = await readUpTo(this.account, { conversationId, record: before }, reading);
    if (record === undefined) return undefined;
    await store.write({ put: [CONVERSATIONS.put(conversationId, record, stored.version)] });
    this.tellRead(conversationId, record);
    return record;
  }

  private async takeWithin(conversationId: string, watermarks: readonly Watermark[]): Promise<void> {
    const record = (await this.account.store.get(CONVERSATIONS, conversationId))?.record;
    if (record === undefined) return;
    // Of somebody who is no member here nothing is kept: a relay could tell of any number of them.
    const members = new Set([...record.members.map(({ accountId }) => accountId), this.account.accountId]);
    const told = watermarks.filter(({ accountId }) => members.has(accountId)).map(markOf);
    const own = told.filter(({ accountId }) => accountId === this.account.accountId).map(({ read }) => read);
    if (own.some((read) => read > 0)) await this.moveTo(conversationId, { upTo: Math.max(...own), by: 'relay' });
    const raised = await this.raise(conversationId, told);
    const others = raised.filter(({ accountId }) => accountId !== this.account.accountId);
    this.options.events.tell(others.map((marks) => ({ kind: 'receipt', conversationId, ...marks })));
  }

  private async raise(conversationId: string, told: readonly Marks[]): Promise<readonly Marks[]> {
    const { raised, put } = await raisedMarks(this.account.store, conversationId, told);
    if (put.length > 0) await this.account.store.write({ put });
    return raised;
  }

  private tellRead(conversationId: string, { readUpTo: upTo = 0, unread = 0 }: ConversationRecord): void {
    this.options.events.tell([{ kind: 'read', conversationId, upTo, unread }]);
  }
}

/** What there is to tell; undefined when it has been told. */
function furtherThan(
  told: Marks | undefined,
  { delivered, read }: Marks,
): { delivered?: number; read?: number } | undefined {
  const isDelivered = delivered > (told?.delivered ?? 0);
  const isRead = read > (told?.read ?? 0);
  if (!isDelivered && !isRead) return undefined;
  return { ...(isDelivered && { delivered }), ...(isRead && { read }) };
}

function markOf({ accountId, kind, upTo }: Watermark): Marks {
  return { accountId, delivered: upTo, read: kind === 'read' ? upTo : 0 };
}
