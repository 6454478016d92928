import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ConversationId } from '#protocol';
import { Delivery } from '../delivery/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound, Unavailable } from '../platform/errors/refusal.js';
import { Log } from '../platform/logging/log.js';
import { type AppendOutcome, AppendStore } from './append.store.js';
import type { CommittedDraft, Draft, Placement } from './draft.js';
import { IdReused } from './entries.errors.js';
import { PendingDrafts, type PendingDraft } from './pending-drafts.js';

/** Two batches overlap their commits; a third would only make each smaller. */
const MOST_BATCHES = 2;
/** Conversations that somebody else holds are waited for apart from the rest, few at a time: each takes a connection. */
const MOST_WAITS = 3;
const LONGEST_WAIT_MS = 4_000;

type CommitListener = (committed: readonly CommittedDraft[]) => Promise<void>;

/**
 * Gathers appends and writes each batch with one statement. What arrives while two batches are in flight is the next
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
  private onCommitted: CommitListener = () => Promise.resolve();
  private idle: (() => void) | undefined;

  constructor(
    private readonly store: AppendStore,
    private readonly clock: Clock,
    private readonly delivery: Delivery,
    private readonly log: Log,
  ) {}

  /** Hears of committed drafts, each conversation's in order, before the next batch of that conversation starts. */
  listen(listener: CommitListener): void {
    this.onCommitted = listener;
  }

  /**
   * Stores a draft and says where, after COMMIT.
   * @throws {NotFound} when the sender is no member. @throws {IdReused} when the id is another sender's.
   * @throws {Unavailable} when the queue is full or the database is down; the same draft may be sent again.
   */
  append(draft: Draft): Promise<Placement> {
    return this.pending.add(draft, this.clock.monotonicMillis());
  }

  /** Finishes what was accepted into the queue. */
  async onApplicationShutdown(): Promise<void> {
    if (this.pending.size > 0) await new Promise<void>((resolve) => (this.idle = resolve));
  }

  /** Gathers what this turn of the event loop brings, then writes. */
  private schedule(): void {
    if (this.scheduled || this.batches >= MOST_BATCHES) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.fill();
    });
  }

  private fill(): void {
    while (this.batches < MOST_BATCHES) {
      const batch = this.pending.take();
      if (batch.length === 0) return;
      this.batches++;
      void this.write(batch, false).finally(() => {
        this.batches--;
        this.fill();
      });
    }
  }

  private async write(batch: readonly PendingDraft[], wait: boolean): Promise<void> {
    try {
      const outcomes = await this.store.append(
        batch.map(({ draft }) => draft),
        wait,
      );
      await this.settle(batch, outcomes);
    } catch (error) {
      if (batch.length > 1 && !(error instanceof Unavailable)) return this.writeOneByOne(batch, wait, error);
      for (const item of batch) item.fail(error);
    }
    this.release(batch);
  }

  /** One bad row must not fail its neighbours. */
  private async writeOneByOne(batch: readonly PendingDraft[], wait: boolean, error: unknown): Promise<void> {
    this.log.error('batch failed, writing its rows one by one', { count: batch.length }, error);
    for (const item of batch) await this.write([item], wait);
  }

  private async settle(batch: readonly PendingDraft[], outcomes: readonly AppendOutcome[]): Promise<void> {
    const committed: CommittedDraft[] = [];
    const locked = new Map<ConversationId, PendingDraft[]>();
    for (const [index, item] of batch.entries()) {
      const outcome = outcomes[index] ?? { kind: 'not_a_member' };
      if (outcome.kind === 'locked') gather(locked, item);
      else settleOne(item, outcome);
      if (outcome.kind === 'accepted') committed.push({ draft: item.draft, ...outcome });
    }
    for (const items of locked.values()) this.waitFor(items);
    if (committed.length > 0) await this.announce(committed);
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
    this.pending.release(batch.filter((item) => item.settled));
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
      for (const item of items) if (item.since < overdue) item.fail(new Unavailable('The conversation is busy.'));
      const late = items.filter((item) => item.settled);
      this.release(late);
      const rest = items.filter((item) => !item.settled);
      void (rest.length === 0 ? Promise.resolve() : this.write(rest, true)).finally(() => {
        this.waits--;
        this.fillWaits();
        this.schedule();
      });
    }
  }
}

function gather(groups: Map<ConversationId, PendingDraft[]>, item: PendingDraft): void {
  const group = groups.get(item.draft.conversationId);
  if (group === undefined) groups.set(item.draft.conversationId, [item]);
  else group.push(item);
}

function settleOne(item: PendingDraft, outcome: AppendOutcome): void {
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
    case 'locked':
      // Stays where it is, for its conversation to be waited for.
      return;
  }
}
