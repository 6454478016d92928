import { Inject, Injectable } from '@nestjs/common';
import type { ConversationId } from '#protocol';
import { AuditTally } from '../audit/index.js';
import { KeyPackagesStore } from '../devices/index.js';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { longestLifeSeconds, RunningSettings } from '../settings/index.js';
import type { Counter } from '../platform/metrics/counted.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { Log } from '../platform/logging/log.js';
import { Compaction } from './compaction.js';
import { Pace } from './pace.js';
import { BATCH, ErasuresStore, type Stretch } from './erasures.store.js';

const EVERY_MS = 10_000;
/** What time alone makes due is looked for in every round. */
const ROUNDS_A_WALK = 6;
/** Conversations that are looked through at once, and in one walk: of more, the rest has its turn in the next ones. */
const CONVERSATIONS = 25;
const CONVERSATIONS_A_WALK = 10_000;
/** Of what gives the disk back, in one round. */
const COMPACTIONS_A_ROUND = 600;
const HOUR_MS = 3_600_000;

/**
 * Erases messages whose time is over and those that are delivered to all, and key packages that nobody may use any more: a
 * bounded batch at a time, and one relay at a time. Nobody is shown what has expired, erased or not: this frees what they no
 * longer see.
 */
@Injectable()
export class Janitor extends RoundsService {
  /** Up to which conversation this has come. */
  private position: ConversationId | undefined;
  private roundsDone = 0;
  private readonly roundsEnded: Counter;
  private readonly erased: Counter;

  constructor(
    private readonly erasures: ErasuresStore,
    private readonly compaction: Compaction,
    private readonly keyPackages: KeyPackagesStore,
    private readonly tally: AuditTally,
    private readonly settings: RunningSettings,
    private readonly clock: Clock,
    log: Log,
    @Inject(CONFIG) private readonly config: Config,
    metrics: Metrics,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'sweep of what has expired failed' });
    this.roundsEnded = metrics.counter({
      name: 'sealpost_janitor_rounds_total',
      help: 'Rounds in which the janitor has looked for messages to erase, to the end.',
    });
    this.erased = metrics.counter({
      name: 'sealpost_janitor_erased_entries_total',
      help: 'Messages whose content the janitor has erased.',
    });
  }

  /** Erases all that has expired by now, and what it comes to of what is delivered, or older than anything may be. */
  async sweep(): Promise<void> {
    const at = this.clock.now();
    await this.eraseExpired(at);
    await this.walk(at);
  }

  protected override async round(): Promise<void> {
    const at = this.clock.now();
    await this.eraseExpired(at);
    if (this.roundsDone++ % ROUNDS_A_WALK === 0) await this.walk(at);
    await this.compact(COMPACTIONS_A_ROUND);
    this.roundsEnded.add();
  }

  /** Gives back what is free in the table, as far as so many batches go. */
  async compact(mostBatches = Infinity): Promise<void> {
    // Pages are those of one server's table: what is spread over several is left to the autovacuum of each.
    if (this.config.DATABASE_SHARDS === 'conversation') return;
    const pace = new Pace(this.clock, this.stopping);
    let done = 0;
    for await (const batch of this.compaction.batches()) {
      if (this.isStopping || done++ === mostBatches || !(await batch())) return;
      await pace.rest();
    }
  }

  private async eraseExpired(at: Date): Promise<void> {
    await this.eachBatch(() => this.counted(this.erasures.eraseExpired(at)));
    await this.eachBatch(() => this.erasures.forget(at));
    await this.eachBatch(() => this.keyPackages.forgetExpired(at, BATCH));
  }

  /** Looks through some conversations, from where the last walk has ended, up to the last of them. */
  private async walk(at: Date): Promise<void> {
    // Read anew: what is erased by a bound that holds no more does not come back.
    await this.settings.refresh();
    const longestLife = longestLifeSeconds(this.settings.current);
    const all = longestLife !== undefined || this.config.RETENTION_DELIVERED === 'always';
    const pace = new Pace(this.clock, this.stopping);
    for (let seen = 0; seen < CONVERSATIONS_A_WALK && !this.isStopping; seen += CONVERSATIONS) {
      const conversations = await this.erasures.conversationsAfter(this.position, { all, limit: CONVERSATIONS });
      this.position = conversations.length < CONVERSATIONS ? undefined : conversations.at(-1);
      if (conversations.length > 0) await this.eraseIn(conversations, { at, longestLife });
      if (this.position === undefined) return;
      await pace.rest();
    }
  }

  private async eraseIn(
    conversations: readonly ConversationId[],
    { at, longestLife }: { readonly at: Date; readonly longestLife: number | undefined },
  ): Promise<void> {
    const since = (ms: number): Stretch => ({ conversations, before: new Date(at.getTime() - ms), at });
    if (longestLife !== undefined) {
      const aged = since(longestLife * 1_000);
      await this.eachBatch(() => this.counted(this.erasures.eraseAged(aged)));
    }
    const kept = since(this.config.RETENTION_DELIVERED_HOURS * HOUR_MS);
    const everywhere = this.config.RETENTION_DELIVERED === 'always';
    await this.eachBatch(() => this.counted(this.erasures.eraseDelivered(kept, everywhere)));
  }

  /** Goes on until a batch is not full, or another relay has its turn. One that ends within a conversation may be more than full. */
  private async eachBatch(batch: () => Promise<number | undefined>): Promise<void> {
    const pace = new Pace(this.clock, this.stopping);
    while (!this.isStopping && ((await batch()) ?? 0) >= BATCH) await pace.rest();
  }

  private async counted(erasing: Promise<number | undefined>): Promise<number | undefined> {
    const erased = await erasing;
    if (erased === undefined || erased === 0) return erased;
    this.tally.count('retention_run', undefined, erased);
    this.erased.add(erased);
    return erased;
  }
}
