import type { components } from '#api-client';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { GroupError } from '../groups/groups.errors.js';
import type { Welcomer } from '../groups/welcomer.js';
import { isRefusal } from '../relay/relay.errors.js';
import type { EntryApplier } from './entry-applier.js';
import type { EventHub } from './events.js';
import type { Lanes } from './lanes.js';
import { firstSeq, lastSeq, type LogItem } from './log-item.js';
import { NOTHING_SYNCED, SYNC, SYNC_KEY, type SyncRecord } from './sync-record.js';

type SyncReply = components['schemas']['SyncReplyDto'];
type AccountChange = components['schemas']['AccountChangeDto'];

/** Brings a device up to date: what the relay pushes is applied where it fits, and everything else is pulled. */
export class Synchronizer {
  constructor(
    private readonly account: OpenAccount,
    private readonly book: ConversationBook,
    private readonly applier: EntryApplier,
    private readonly welcomer: Welcomer,
    private readonly lanes: Lanes,
    private readonly events: EventHub,
    /** Told what changed outside the logs, before it is noted as dealt with. */
    private readonly onChanges: (changes: readonly AccountChange[]) => Promise<void>,
  ) {}

  /** Catches up with everything. @throws {RelayUnreachableError} and others: what was stored until then stays. */
  async syncAll(): Promise<void> {
    await this.lanes.run('sync', async () => {
      while (await this.syncOnce());
    });
  }

  /** Catches up with one conversation, to its head if no position is given. */
  async pull(conversationId: string, until = Infinity): Promise<void> {
    for (;;) {
      const known = await this.book.get(conversationId);
      if (known === undefined || known.cursor >= until) return;
      const page = await this.page(conversationId, known.cursor);
      if (page === undefined) return;
      const items = page.items.filter((item) => lastSeq(item) <= until);
      await this.applyAll(conversationId, items);
      if (page.upTo >= page.headSeq || items.length === 0) return;
    }
  }

  /** An item that came by itself: applied if it is the next one, else what is missing is pulled. */
  async take(conversationId: string, item: LogItem): Promise<void> {
    if (!this.isWhole(item) || !(await this.applyAll(conversationId, [item]))) await this.pull(conversationId);
  }

  /** Of what is large only its place is pushed. */
  private isWhole(item: LogItem): boolean {
    if ('gap' in item || item.ciphertext !== undefined || item.change !== undefined) return true;
    return item.kind === 'message' && item.senderDeviceId === this.account.deviceId;
  }

  private async syncOnce(): Promise<boolean> {
    const { store, relay } = this.account;
    const stored = await store.get(SYNC, SYNC_KEY);
    const position = stored?.record ?? NOTHING_SYNCED;
    const body = { revision: position.revision, cursors: await this.cursors(position), ...incarnationOf(position) };
    const reply = await relay.call((api) => api.POST('/v1/sync', { body }));
    if (position.incarnation !== undefined && position.incarnation !== reply.incarnation)
      throw new GroupError('relay_restored', 'The relay was restored from a backup: its logs are others than before.');
    for (const { items } of reply.conversations) this.book.learnFrom(items);
    if (reply.welcomes.length > 0) await this.join(reply.welcomes);
    await this.onChanges(reply.changes);
    const passedOver = await this.applyPages(reply, position.passedOver);
    const { incarnation, revision } = reply;
    await store.write({ put: [SYNC.put(SYNC_KEY, { incarnation, revision, passedOver }, stored?.version)] });
    return reply.more;
  }

  /** What was sent before a device was put out is read first: the group into which it comes back has no keys for it. */
  private async join(welcomes: SyncReply['welcomes']): Promise<void> {
    for (const { conversationId, seq } of welcomes)
      if (((await this.book.get(conversationId))?.generation ?? 0) > 0) await this.pull(conversationId, seq - 1);
    this.events.tell(await this.welcomer.joinAll());
  }

  private async cursors({ passedOver }: SyncRecord): Promise<Record<string, number>> {
    const known = [...(await this.book.all())].map(([id, { cursor }]) => [id, cursor] as const);
    return { ...passedOver, ...Object.fromEntries(known) };
  }

  /** @returns where to go on in conversations that are passed over. */
  private async applyPages(
    { conversations }: SyncReply,
    before: SyncRecord['passedOver'],
  ): Promise<SyncRecord['passedOver']> {
    const passedOver = { ...before };
    for (const { conversationId, headSeq, items, upTo } of conversations) {
      const known = (await this.book.get(conversationId)) ?? (await this.book.refresh(conversationId));
      if (known === undefined) passedOver[conversationId] = headSeq;
      else if (!(await this.applyAll(conversationId, items)) || upTo < headSeq) await this.pull(conversationId);
    }
    return passedOver;
  }

  /** @returns whether none of them was out of reach. */
  private async applyAll(conversationId: string, items: readonly LogItem[]): Promise<boolean> {
    this.book.learnFrom(items);
    let hasLooked = false;
    for (const item of items) {
      if (!hasLooked && (await this.mayHaveWelcome(conversationId, item))) {
        this.events.tell(await this.welcomer.joinAll());
        hasLooked = true;
      }
      if (!(await this.applyOne(conversationId, item))) return false;
    }
    return true;
  }

  /** A message or commit may come before this device has heard that it was let in: taken without a group, it would be lost. */
  private async mayHaveWelcome(conversationId: string, item: LogItem): Promise<boolean> {
    if ('gap' in item || !['message', 'commit'].includes(item.kind)) return false;
    const known = await this.book.get(conversationId);
    return known?.standing === 'joined' && known.generation === 0 && firstSeq(item) > known.cursor;
  }

  private async applyOne(conversationId: string, item: LogItem): Promise<boolean> {
    const events = await this.lanes.run(conversationId, () => this.applier.apply(conversationId, item));
    if (events === undefined) return false;
    this.events.tell(events);
    return true;
  }

  private async page(conversationId: string, after: number) {
    try {
      return await this.account.relay.call((api) =>
        api.GET('/v1/conversations/{conversationId}/messages', {
          params: { path: { conversationId }, query: { after } },
        }),
      );
    } catch (error) {
      if (isRefusal(error, 'not_found')) return undefined;
      throw error;
    }
  }
}

function incarnationOf({ incarnation }: SyncRecord): { incarnation?: string } {
  return incarnation === undefined ? {} : { incarnation };
}
