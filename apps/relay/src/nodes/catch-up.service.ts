import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import { Delivery } from '../delivery/index.js';
import { EVERYBODY } from '../platform/bus/bus.js';
import { NodeBus } from '../platform/bus/node-bus.js';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Log } from '../platform/logging/log.js';
import { HeardService } from './heard.service.js';
import { MovesStore } from './moves.store.js';
import type { Said } from './said.js';
import { SeenMarks } from './seen-marks.js';

const EVERY_MS = 250;
/**
 * How many rounds back an outage is taken to begin, when it is noticed: for a second nobody has known of it, and what was committed
 * then may have been on its way for longer than that.
 */
const ROUNDS_BACK = 10;
/** Accounts that are looked at with one statement. */
const MOST_ACCOUNTS = 1_000;

/**
 * Looks after those to whom the bus may have lost a push: while it is down, or another relay cannot be heard, asks the database
 * who is connected here and has something new, and has those sync, and no others.
 */
@Injectable()
export class CatchUpService extends RoundsService {
  private readonly beat = JSON.stringify({ beat: randomUUID() } satisfies Said);
  /** Moments of the last rounds in which all was well, the oldest first. */
  private horizons: string[] = [];
  /** Whether pushes may have been lost that nobody was told of yet. */
  private isBehind = false;
  /** Up to where those who missed something have been told. */
  private toldUntil: string | undefined;
  private lossesSeen = 0;
  /** Where transactions have no ids that could be compared. */
  private readonly seen: SeenMarks | undefined;

  constructor(
    private readonly nodeBus: NodeBus,
    private readonly heard: HeardService,
    private readonly moves: MovesStore,
    private readonly delivery: Delivery,
    private readonly clock: Clock,
    log: Log,
    @Inject(CONFIG) config: Pick<Config, 'DATABASE_SHARDS'>,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'catching up without the bus failed' });
    this.seen = config.DATABASE_SHARDS === 'conversation' ? new SeenMarks() : undefined;
  }

  override onApplicationBootstrap(): void {
    if (this.nodeBus.bus !== undefined) super.onApplicationBootstrap();
  }

  protected override async round(): Promise<void> {
    const isUnheard = this.isUnheard();
    const isOtherGone = this.heard.nodes.loseSilent(this.clock.monotonicMillis());
    // Noted before anything can fail.
    this.isBehind ||= isUnheard || isOtherGone;
    if (isUnheard) await this.moves.sayUnheard();
    const { horizon, isSomebodyUnheard } = await this.moves.moment();
    this.isBehind ||= isSomebodyUnheard;
    if (this.isBehind) await this.catchUp(horizon);
    else this.horizons = [...this.horizons, horizon].slice(-ROUNDS_BACK);
    if (isUnheard || isOtherGone || isSomebodyUnheard) return;
    [this.isBehind, this.toldUntil] = [false, undefined];
    this.seen?.forget();
  }

  /** Whether the bus is down, or was since the last round. */
  private isUnheard(): boolean {
    const { bus } = this.nodeBus;
    if (bus === undefined) return false;
    bus.publish({ topics: [EVERYBODY], body: this.beat });
    const losses = bus.losses + this.heard.losses;
    const hasLost = losses !== this.lossesSeen;
    this.lossesSeen = losses;
    return hasLost || !bus.isUp;
  }

  private async catchUp(horizon: string): Promise<void> {
    const { here } = this.delivery;
    const since = this.toldUntil ?? this.horizons[0] ?? horizon;
    const connected = here?.connectedAccounts() ?? [];
    for (let at = 0; at < connected.length; at += MOST_ACCOUNTS) {
      const accounts = await this.moved(connected.slice(at, at + MOST_ACCOUNTS), since);
      if (accounts.length > 0) here?.push('resync', {}, { accounts });
    }
    this.toldUntil = horizon;
    this.horizons = [horizon];
  }

  /** By their marks, everybody has moved when an outage begins: what they were before it, nobody has looked. */
  private async moved(accounts: readonly AccountId[], since: string): Promise<AccountId[]> {
    return this.seen === undefined
      ? this.moves.moved(accounts, since)
      : this.seen.differing(await this.moves.marks(accounts));
  }
}
