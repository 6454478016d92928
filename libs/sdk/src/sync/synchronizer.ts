import type { components } from '#api-client';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { GroupError } from '../groups/groups.errors.js';
import type { Welcomer } from '../groups/welcomer.js';
import type { Receipts } from '../messages/receipts.js';
import type { Deliveries } from './deliveries.js';
import type { EventHub } from './events.js';
import type { Lanes } from './lanes.js';
import { firstSeq, lastSeq, type LogItem } from './log-item.js';
import { readLogPage } from './log-page.js';
import { type LogItems, pagesOf } from './log-pages.js';
import type { LogRewinder } from './log-rewinder.js';
import { NOTHING_SYNCED, SYNC, SYNC_KEY, type SyncRecord } from './sync-record.js';

type SyncReply = components['schemas']['SyncReplyDto'];
type AccountChange = components['schemas']['AccountChangeDto'];

/** What bringing a device up to date leans on. */
interface SyncParts {
  readonly account: OpenAccount;
  readonly book: ConversationBook;
  readonly deliveries: Deliveries;
  readonly rewinder: LogRewinder;
  readonly welcomer: Welcomer;
  readonly lanes: Lanes;
  readonly events: EventHub;
  /** Told what changed outside the logs, before it is noted as dealt with. */
  readonly onChanges: (changes: readonly AccountChange[]) => Promise<void>;
  readonly receipts: Receipts;
}

/** Brings a device up to date: what the relay pushes is applied where it fits, and everything else is pulled. */
export class Synchronizer {
  constructor(private readonly parts: SyncParts) {}

  /**
   * Catches up with everything. A relay whose database was restored from a backup is compared with what is here first.
   *
   * @throws {GroupError} `relay_restored` when it says so again and again. @throws {RelayUnreachableError} and others: what was
   * stored until then stays.
   */
  async syncAll(): Promise<void> {
    await this.parts.lanes.run('sync', async () => {
      for (let restorations = 0; ;) {
        const next = await this.syncOnce();
        if (next === 'done') return;
        if (next === 'restored' && restorations++ > 0)
          throw new GroupError('relay_restored', 'The relay says each time that it was restored from a backup.');
      }
    });
  }

  /** Catches up with one conversation, or with what it has up to a position. */
  async pull(conversationId: string, upTo = Infinity): Promise<void> {
    for (let before = -1; ;) {
      const known = await this.parts.book.get(conversationId);
      // Where nothing has moved, the relay shows the same again.
      if (known === undefined || known.cursor === before || known.cursor >= upTo) return;
      before = known.cursor;
      const page = await readLogPage(this.parts.account.relay, conversationId, known.cursor);
      if (page === undefined) return;
      const items = page.items.filter((item) => lastSeq(item) <= upTo);
      await this.applyAll(conversationId, items);
      if (page.upTo >= page.headSeq || items.length < page.items.length) return;
    }
  }

  /** An item that came by itself: applied if it is the next one, else what is missing is pulled. */
  async take(conversationId: string, item: LogItem): Promise<void> {
    if (!this.isWhole(item) || !(await this.applyAll(conversationId, [item]))) await this.pull(conversationId);
  }

  /** Of what is large only its place is pushed. */
  private isWhole(item: LogItem): boolean {
    if ('gap' in item || item.ciphertext !== undefined) return true;
    if (item.change !== undefined || item.retention !== undefined) return true;
    return item.kind === 'message' && item.senderDeviceId === this.parts.account.deviceId;
  }

  /** Comes into every group that this device is let into, after whatever catching up is under way. */
  async enterAll(): Promise<void> {
    await this.parts.lanes.run('sync', async () => this.parts.events.tell(await this.joinAll()));
  }

  /** Goes back to where the log of a restored relay is another one. @returns whether it could be seen. */
  rewind(conversationId: string): Promise<boolean> {
    return this.parts.rewinder.rewind(conversationId);
  }

  private async syncOnce(): Promise<'done' | 'more' | 'restored'> {
    const { account, book, events } = this.parts;
    const stored = await account.store.get(SYNC, SYNC_KEY);
    const position = stored?.record ?? NOTHING_SYNCED;
    const body = { revision: position.revision, cursors: await this.cursors(position), ...incarnationOf(position) };
    const reply = await account.relay.call((api) => api.POST('/v1/sync', { body }));
    const { incarnation, revision } = reply;
    if (position.incarnation !== undefined && position.incarnation !== incarnation) {
      await this.goBack(incarnation, stored?.version);
      return 'restored';
    }
    for (const { items } of reply.conversations) book.learnFrom(items);
    if (reply.welcomes.length > 0) events.tell(await this.joinAll());
    await this.parts.onChanges(reply.changes);
    const passedOver = await this.applyPages(reply, position.passedOver);
    await this.parts.receipts.take(reply.receipts);
    await account.store.write({ put: [SYNC.put(SYNC_KEY, { incarnation, revision, passedOver }, stored?.version)] });
    return reply.more ? 'more' : 'done';
  }

  /** The database is another one: whatever was true of positions and revisions is not any more. */
  private async goBack(incarnation: string, version: number | undefined): Promise<void> {
    const { book, rewinder, account, events } = this.parts;
    const conversations = [...(await book.all()).keys()];
    for (const id of conversations) await rewinder.mark(id);
    await account.store.write({ put: [SYNC.put(SYNC_KEY, { ...NOTHING_SYNCED, incarnation }, version)] });
    events.tell([{ kind: 'restored' }]);
    for (const id of conversations) await rewinder.rewind(id);
  }

  /** What a log has before the commit that lets this device in may be read with the group before only. */
  private joinAll() {
    return this.parts.welcomer.joinAll((conversationId, upTo) => this.pull(conversationId, upTo));
  }

  private async cursors({ passedOver }: SyncRecord): Promise<Record<string, number>> {
    const known = [...(await this.parts.book.all())].map(([id, { cursor }]) => [id, cursor] as const);
    return { ...passedOver, ...Object.fromEntries(known) };
  }

  /** @returns where to go on in conversations that are passed over. */
  private async applyPages(
    { conversations }: SyncReply,
    before: SyncRecord['passedOver'],
  ): Promise<SyncRecord['passedOver']> {
    const { book } = this.parts;
    const passedOver = { ...before };
    for (const { conversationId, headSeq, items, upTo } of conversations) {
      const known = (await book.get(conversationId)) ?? (await book.refresh(conversationId));
      if (known === undefined) passedOver[conversationId] = headSeq;
      else if (!(await this.applyAll(conversationId, items)) || upTo < headSeq) await this.pull(conversationId);
    }
    return passedOver;
  }

  /** @returns whether none of them was out of reach. */
  private async applyAll(conversationId: string, items: readonly LogItem[]): Promise<boolean> {
    const { book, deliveries, events, lanes } = this.parts;
    book.learnFrom(items);
    let hasLooked = false;
    for (const page of pagesOf(items)) {
      if (!hasLooked && (await this.mayHaveWelcome(conversationId, page))) {
        events.tell(await this.joinAll());
        hasLooked = true;
      }
      if (!(await lanes.run(conversationId, () => deliveries.deliver(conversationId, page)))) return false;
    }
    return true;
  }

  /** A message or commit may come before this device has heard that it was let in: taken without a group, it would be lost. */
  private async mayHaveWelcome(conversationId: string, page: LogItems): Promise<boolean> {
    const known = await this.parts.book.get(conversationId);
    if (known?.standing !== 'joined' || known.generation > 0) return false;
    const isForGroup = (item: LogItem): boolean => !('gap' in item) && ['message', 'commit'].includes(item.kind);
    return page.some((item) => isForGroup(item) && firstSeq(item) > known.cursor);
  }
}

function incarnationOf({ incarnation }: SyncRecord): { incarnation?: string } {
  return incarnation === undefined ? {} : { incarnation };
}
