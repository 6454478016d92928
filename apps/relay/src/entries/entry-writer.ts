import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ConversationId } from '#protocol';
import { Delivery } from '../delivery/index.js';
import { Clock } from '../platform/clock/clock.js';
import { Forbidden, InvalidRequest, NotFound, Unavailable } from '../platform/errors/refusal.js';
import { Log } from '../platform/logging/log.js';
import { Tracing } from '../platform/tracing/tracing.js';
import { type AppendOutcome, AppendStore, isUncertain } from './append.store.js';
import { Batching } from './batching.js';
import type { CommittedDraft, Draft, Placement } from './draft.js';
import { IdReused, RemovalPending, StaleEpoch } from './entries.errors.js';
import { EntryTally } from './entry-tally.js';
import { PendingDrafts, type PendingDraft } from './pending-drafts.js';

/** Conversations that somebody else holds are waited for apart from the rest, few at a time: each takes a connection. */
const MOST_WAITS = 3;
const LONGEST_WAIT_MS = 4_000;

type Outcome = AppendOutcome | { readonly kind: 'failed'; readonly error: unknown };
const LOCKED: Outcome = { kind: 'locked' };

type CommitListener = (committed: readonly CommittedDraft[]) => Promise<void>;

/**
 * Gathers appends and writes each batch with one statement. What arrives while two batches (see `Batching`) are in flight is the next
 * batch: no timer, since a window of 2 ms gave no more throughput and took the median from 0.5 to 2.1 ms. A conversation is
 * never in two batches at once, or a later message could overtake an earlier one.
 */
@Injectable()
export class EntryWriter implements OnApplicationShutdown {
  private readonly pending = new PendingDrafts(() => this.schedule());
  private readonly blocked: PendingDraft[][] = [];
  private batches = 0;
  private waits = 0;
  private scheduled = false;
  /** Whether a batch may have been stored though its writer was told that it failed. */
  private uncertain = false;
  private onCommitted: CommitListener = () => Promise.resolve();
  private idle: (() => void) | undefined;

  constructor(
    private readonly store: AppendStore,
    private readonly clock: Clock,
    private readonly delivery: Delivery,
    private readonly log: Log,
    private readonly tally: EntryTally,
    private readonly tracing: Tracing,
    private readonly batching: Batching,
  ) {
    tally.watch(this.pending);
  }

  /** Hears of committed drafts, each conversation's in order, before the next batch of that conversation starts. */
  listen(listener: CommitListener): void {
    this.onCommitted = listener;
  }

  /**
   * Stores a draft and says where, after COMMIT.
   * @throws {NotFound} when the sender is no member. @throws {IdReused} when the id is another sender's.
   * @throws {StaleEpoch} @throws {RemovalPending} @throws {Forbidden} @throws {InvalidRequest} in an MLS group.
   * @throws {Unavailable} when the queue is full or the database is down; the same draft may be sent again.
   */
  append(draft: Draft): Promise<Placement> {
    return this.tracing.part('append entry', {}, () => this.pending.add(draft, this.clock.monotonicMillis()));
  }

  /** Finishes what was accepted into the queue. */
  async onApplicationShutdown(): Promise<void> {
    if (this.pending.size > 0) await new Promise<void>((resolve) => (this.idle = resolve));
  }

  /** Gathers what this turn of the event loop brings, then writes. */
  private schedule(): void {
    if (this.scheduled || this.batches >= this.batching.mostBatches) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.fill();
    });
  }

  private fill(): void {
    const { mostBatches, worthAnother, mostConversations } = this.batching;
    while (this.batches < mostBatches) {
      if (this.batches > 0 && this.pending.waiting < worthAnother) return;
      const batch = this.pending.take(mostConversations);
      if (batch.length === 0) return;
      this.batches++;
      void this.writeAs('write batch', batch, false).finally(() => {
        this.batches--;
        this.fill();
      });
    }
  }

  /** Of many requests at once, and so part of none of them. */
  private writeAs(name: string, batch: readonly PendingDraft[], wait: boolean): Promise<void> {
    return this.tracing.whole(name, { 'sealpost.batch_size': batch.length }, () => this.write(batch, wait));
  }

  private async write(batch: readonly PendingDraft[], wait: boolean): Promise<void> {
    this.tally.batch(batch.length);
    const outcomes = await this.attempt(
      batch.map(({ draft }) => draft),
      wait,
    );
    const done: PendingDraft[] = [];
    const committed: CommittedDraft[] = [];
    const locked = new Map<ConversationId, PendingDraft[]>();
    const nowMs = this.clock.monotonicMillis();
    for (const [index, item] of batch.entries()) {
      const outcome = outcomes[index] ?? { kind: 'not_a_member' };
      if (outcome.kind === 'locked') {
        gather(locked, item);
        continue;
      }
      settleOne(item, outcome);
      done.push(item);
      if (outcome.kind === 'accepted') {
        committed.push({ draft: item.draft, ...outcome });
        this.tally.stored(nowMs - item.since);
      } else this.tally.notStored(outcome.kind);
    }
    if (committed.length > 0) await this.announce(committed);
    this.release(done);
    // Those that wait are released at the end of their wait: once, or their conversation would be written twice at a time.
    for (const items of locked.values()) this.waitFor(items);
  }

  /** Never throws: a draft that could not be written has that for an outcome. */
  private async attempt(drafts: readonly Draft[], wait: boolean): Promise<Outcome[]> {
    try {
      const outcomes = await this.store.append(drafts, wait);
      this.catchUp();
      return outcomes;
    } catch (error) {
      if (isUncertain(error)) this.giveUpWaiting(error);
      if (drafts.length === 1 || error instanceof Unavailable) return drafts.map(() => ({ kind: 'failed', error }));
      this.log.error('batch failed, writing its rows one by one', { count: drafts.length }, error);
      return this.attemptOneByOne(drafts, wait);
    }
  }

  /**
   * A database that fell silent keeps the next batch waiting as long again: whoever has waited behind this one hears at once that it
   * is not there, or would wait twice as long as anybody should.
   */
  private giveUpWaiting(error: unknown): void {
    this.uncertain = true;
    this.pending.failWaiting(error);
  }

  /** One bad row must not fail its neighbours. What follows one that has to wait, waits behind it. */
  private async attemptOneByOne(drafts: readonly Draft[], wait: boolean): Promise<Outcome[]> {
    const held = new Set<ConversationId>();
    const outcomes: Outcome[] = [];
    for (const draft of drafts) {
      const [outcome = LOCKED] = held.has(draft.conversationId) ? [] : await this.attempt([draft], wait);
      if (outcome.kind === 'locked') held.add(draft.conversationId);
      outcomes.push(outcome);
    }
    return outcomes;
  }

  /** What was stored without an answer was pushed to nobody, and its repeat will not be either: it is no news then. */
  private catchUp(): void {
    if (!this.uncertain) return;
    this.uncertain = false;
    this.delivery.resync();
  }

  private async announce(committed: readonly CommittedDraft[]): Promise<void> {
    try {
      await this.onCommitted(committed);
    } catch (error) {
      // The entries are stored and acknowledged; whoever missed the push finds them by sync.
      this.log.error('push failed', { count: committed.length }, error);
      this.delivery.resync();
    }
  }

  private release(batch: readonly PendingDraft[]): void {
    this.pending.release(batch);
    if (this.pending.size === 0) this.idle?.();
  }

  /** A held conversation stays out of all batches until its drafts are written or given up. */
  private waitFor(items: PendingDraft[]): void {
    this.blocked.push(items);
    this.fillWaits();
  }

  private fillWaits(): void {
    while (this.waits < MOST_WAITS) {
      const items = this.blocked.shift();
      if (items === undefined) return;
      this.waits++;
      const overdue = this.clock.monotonicMillis() - LONGEST_WAIT_MS;
      for (const item of items) if (item.since < overdue) this.giveUp(item);
      const late = items.filter((item) => item.settled);
      this.release(late);
      const rest = items.filter((item) => !item.settled);
      void (rest.length === 0 ? Promise.resolve() : this.writeAs('write what was held', rest, true)).finally(() => {
        this.waits--;
        this.fillWaits();
        this.schedule();
      });
    }
  }

  private giveUp(item: PendingDraft): void {
    item.fail(new Unavailable('The conversation is busy.'));
    this.tally.notStored('busy');
  }
}

function gather(groups: Map<ConversationId, PendingDraft[]>, item: PendingDraft): void {
  const group = groups.get(item.draft.conversationId);
  if (group === undefined) groups.set(item.draft.conversationId, [item]);
  else group.push(item);
}

/** Answers whoever waits for the draft. */
function settleOne(item: PendingDraft, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'accepted':
    case 'duplicate':
      item.place({ seq: outcome.seq, at: outcome.at, duplicate: outcome.kind === 'duplicate' });
      return;
    case 'id_reused':
      item.fail(new IdReused());
      return;
    case 'not_a_member':
      item.fail(new NotFound('conversation'));
      return;
    case 'failed':
      item.fail(outcome.error);
      return;
    case 'stale_epoch':
      item.fail(new StaleEpoch(outcome.group));
      return;
    case 'removal_pending':
      item.fail(new RemovalPending());
      return;
    case 'not_in_group':
      item.fail(new Forbidden('This device is not in the group.'));
      return;
    case 'not_of_group':
      item.fail(new InvalidRequest([{ path: '/ciphertext', message: 'is no MLS message of this conversation' }]));
      return;
    case 'locked':
      // Has no answer yet.
      return;
  }
}
