import type { ConversationId, EntryId } from '#protocol';
import { Unavailable } from '../platform/errors/refusal.js';
import type { Draft, Placement } from './draft.js';
import { TransientMap } from './transient-map.js';

const MOST_DRAFTS = 20_000;
const MOST_BYTES = 64 * 1024 * 1024;
const BATCH_DRAFTS = 256;
const BATCH_BYTES = 1024 * 1024;

/** Whoever waits for a draft's place. */
interface Waiter {
  readonly resolve: (placement: Placement) => void;
  readonly reject: (error: unknown) => void;
}

/** The drafts of one conversation. */
interface Lane {
  readonly conversationId: ConversationId;
  readonly waiting: PendingDraft[];
  /** How many are being written. */
  inFlight: number;
}

/** A draft on its way. */
export class PendingDraft {
  settled = false;

  constructor(
    readonly draft: Draft,
    /** Monotonic milliseconds at which it arrived. */
    readonly since: number,
    readonly lane: Lane,
    private readonly waiter: Waiter,
  ) {}

  place(placement: Placement): void {
    this.settled = true;
    this.waiter.resolve(placement);
  }

  fail(error: unknown): void {
    this.settled = true;
    this.waiter.reject(error);
  }
}

/**
 * Drafts waiting to be written, one queue per conversation. A conversation that is being written gives out nothing more
 * until it is released. A repeat queues behind what it repeats, and is found to be one where that is stored.
 */
export class PendingDrafts {
  private readonly lanes = new TransientMap<ConversationId, Lane>();
  /** Those of which nothing is being written, in the order in which they came. */
  private ready: Lane[] = [];
  private drafts = 0;
  private queuedDrafts = 0;
  private bytes = 0;

  /** @param queued told of every draft that came into the queue. */
  constructor(private readonly queued: () => void = () => undefined) {}

  get size(): number {
    return this.drafts;
  }

  /** Drafts that no batch has taken yet. */
  get waiting(): number {
    return this.queuedDrafts;
  }

  /** From 0 to 1: what does not fit is refused. */
  get fullness(): number {
    return Math.max(this.drafts / MOST_DRAFTS, this.bytes / MOST_BYTES);
  }

  /** Queues a draft. @returns its place, once it has one. */
  add(draft: Draft, since: number): Promise<Placement> {
    return new Promise((resolve, reject) => {
      if (this.drafts >= MOST_DRAFTS || this.bytes + draft.body.length > MOST_BYTES)
        throw new Unavailable('Too many messages are waiting.');
      this.drafts++;
      this.bytes += draft.body.length;
      this.enqueue(new PendingDraft(draft, since, this.laneOf(draft), { resolve, reject }));
    });
  }

  /** The next batch: the conversations that waited longest, each with its drafts in order. */
  take(mostConversations = Number.MAX_SAFE_INTEGER): PendingDraft[] {
    const batch: PendingDraft[] = [];
    let bytes = 0;
    let used = 0;
    for (const lane of this.ready) {
      if (used >= mostConversations || batch.length >= BATCH_DRAFTS || bytes >= BATCH_BYTES) break;
      used++;
      // One statement stores an id once: its repeat is for the next.
      const ids = new Set<EntryId>();
      while (batch.length < BATCH_DRAFTS && bytes < BATCH_BYTES) {
        const item = lane.waiting[0];
        if (item === undefined || ids.has(item.draft.id)) break;
        lane.waiting.shift();
        lane.inFlight++;
        ids.add(item.draft.id);
        bytes += item.draft.body.length;
        batch.push(item);
      }
    }
    this.ready = this.ready.slice(used);
    this.queuedDrafts -= batch.length;
    return batch;
  }

  /** Gives up on every draft that no batch has taken yet. */
  failWaiting(error: unknown): void {
    this.ready = [];
    this.queuedDrafts = 0;
    for (const lane of this.lanes.values()) {
      for (const item of lane.waiting.splice(0)) {
        item.fail(error);
        this.forget(item);
      }
      if (lane.inFlight === 0) this.lanes.delete(lane.conversationId);
    }
  }

  /** Forgets settled drafts; their conversations may be written again once none of their drafts is in flight. */
  release(items: readonly PendingDraft[]): void {
    for (const item of items) {
      this.forget(item);
      const { lane } = item;
      if (--lane.inFlight > 0) continue;
      if (lane.waiting.length > 0) this.ready.push(lane);
      else this.lanes.delete(lane.conversationId);
    }
  }

  private forget({ draft }: PendingDraft): void {
    this.drafts--;
    this.bytes -= draft.body.length;
  }

  private laneOf({ conversationId }: Draft): Lane {
    let lane = this.lanes.get(conversationId);
    if (lane === undefined) this.lanes.set(conversationId, (lane = { conversationId, waiting: [], inFlight: 0 }));
    return lane;
  }

  private enqueue(item: PendingDraft): void {
    const { lane } = item;
    lane.waiting.push(item);
    this.queuedDrafts++;
    if (lane.inFlight === 0 && lane.waiting.length === 1) this.ready.push(lane);
    this.queued();
  }
}
