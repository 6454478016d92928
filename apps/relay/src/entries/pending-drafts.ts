import type { AccountId, ConversationId, EntryId } from '#protocol';
import { Unavailable } from '../platform/errors/refusal.js';
import type { Draft, Placement } from './draft.js';
import { TransientMap } from './transient-map.js';

const MOST_DRAFTS = 20_000;
const MOST_BYTES = 64 * 1024 * 1024;
const BATCH_DRAFTS = 256;
const BATCH_BYTES = 1024 * 1024;

/** A draft on its way, and whoever waits for its place. */
export class PendingDraft {
  settled = false;
  private readonly waiters: { resolve: (placement: Placement) => void; reject: (error: unknown) => void }[] = [];

  constructor(
    readonly draft: Draft,
    /** Monotonic milliseconds at which it arrived. */
    readonly since: number,
  ) {}

  wait(): Promise<Placement> {
    return new Promise((resolve, reject) => this.waiters.push({ resolve, reject }));
  }

  /** The first who asked gets the place, everybody else the same place as a duplicate. */
  place(placement: Placement): void {
    this.settled = true;
    for (const [index, { resolve }] of this.waiters.entries())
      resolve(index === 0 ? placement : { ...placement, duplicate: true });
  }

  fail(error: unknown): void {
    this.settled = true;
    for (const { reject } of this.waiters) reject(error);
  }
}

interface Lane {
  readonly waiting: PendingDraft[];
  /** Drafts of this conversation that are being written. */
  inFlight: number;
}

/**
 * Drafts waiting to be written, one queue per conversation. A conversation that is being written gives out nothing more
 * until it is released.
 */
export class PendingDrafts {
  private readonly lanes = new TransientMap<ConversationId, Lane>();
  /** The last draft of each id: whichever repeats another one is found to be a repeat where it is stored. */
  private readonly byId = new TransientMap<EntryId, PendingDraft>();
  private ready: ConversationId[] = [];
  private drafts = 0;
  private queuedDrafts = 0;
  private bytes = 0;

  /** @param queued told of every draft that came into the queue, also of one that had to wait for another before. */
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

  /** Queues a draft; a repeat of one that is still on its way joins it. */
  async add(draft: Draft, since: number): Promise<Placement> {
    const known = this.byId.get(draft.id);
    // Once it is settled nobody would answer who joined: a repeat then queues behind it, and is found to be one.
    if (known?.settled === false && known.draft.conversationId === draft.conversationId)
      return this.join(known, draft, since);
    if (this.drafts >= MOST_DRAFTS || this.bytes + draft.body.length > MOST_BYTES)
      throw new Unavailable('Too many messages are waiting.');
    const item = new PendingDraft(draft, since);
    this.byId.set(draft.id, item);
    this.drafts++;
    this.bytes += draft.body.length;
    this.enqueue(item);
    return item.wait();
  }

  /** The next batch: the conversations that waited longest, each with its drafts in order. */
  take(mostConversations = Number.MAX_SAFE_INTEGER): PendingDraft[] {
    const batch: PendingDraft[] = [];
    let bytes = 0;
    let used = 0;
    let taken = 0;
    for (const conversationId of this.ready) {
      if (taken >= mostConversations || batch.length >= BATCH_DRAFTS || bytes >= BATCH_BYTES) break;
      used++;
      const lane = this.lanes.get(conversationId);
      if (lane === undefined || lane.inFlight > 0) continue;
      taken++;
      while (batch.length < BATCH_DRAFTS && bytes < BATCH_BYTES) {
        const item = lane.waiting.shift();
        if (item === undefined) break;
        lane.inFlight++;
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
    for (const lane of this.lanes.values())
      for (const item of lane.waiting.splice(0)) {
        item.fail(error);
        this.forget(item);
        if (lane.inFlight === 0) this.lanes.delete(item.draft.conversationId);
      }
  }

  /** Forgets settled drafts; their conversations may be written again once none of their drafts is in flight. */
  release(items: readonly PendingDraft[]): void {
    for (const item of items) {
      const { conversationId } = item.draft;
      this.forget(item);
      const lane = this.lanes.get(conversationId);
      if (lane === undefined || --lane.inFlight > 0) continue;
      if (lane.waiting.length > 0) this.ready.push(conversationId);
      else this.lanes.delete(conversationId);
    }
  }

  private forget(item: PendingDraft): void {
    const { id, body } = item.draft;
    if (this.byId.get(id) === item) this.byId.delete(id);
    this.drafts--;
    this.bytes -= body.length;
  }

  /** The same sender's repeat shares the outcome; another sender's use of the id is judged after the first is stored. */
  private async join(known: PendingDraft, draft: Draft, since: number): Promise<Placement> {
    if (senderOf(known.draft) === senderOf(draft)) return known.wait();
    await known.wait().catch(() => undefined);
    return this.add(draft, since);
  }

  private enqueue(item: PendingDraft): void {
    const { conversationId } = item.draft;
    let lane = this.lanes.get(conversationId);
    if (lane === undefined) this.lanes.set(conversationId, (lane = { waiting: [], inFlight: 0 }));
    lane.waiting.push(item);
    this.queuedDrafts++;
    if (lane.inFlight === 0 && lane.waiting.length === 1) this.ready.push(conversationId);
    this.queued();
  }
}

function senderOf({ sender }: Draft): AccountId {
  return sender.accountId;
}
