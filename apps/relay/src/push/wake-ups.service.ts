import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { AccountId, ConversationId, DeviceId } from '#protocol';
import { type Arrival, Delivery, type Waker } from '../delivery/index.js';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Log } from '../platform/logging/log.js';
import { PushStore } from './push.store.js';
import type { Wakeable } from './push-registration.js';
import type { PushOutcome } from './push-sender.js';
import { PushSenders } from './push-senders.js';
import { PushTotals } from './push-totals.js';
import { WakeUpQueue } from './wake-up-queue.js';

const EVERY_MS = 1_000;
/** Conversations that are noted between two rounds; what comes on top wakes nobody. */
const MOST_ARRIVALS = 20_000;
/** Members of their conversations that are gone through in one round. */
const MOST_RECIPIENTS = 100_000;
/** Accounts whose devices are looked up in one round. */
const MOST_ACCOUNTS = 20_000;
const MOST_UNDER_WAY = 32;
/** A socket that falls silent is given up after this time: heartbeats and what is waited for them (io-adapter.ts). */
const SILENCE_MS = 70_000;

/** Of a conversation since the last round. */
interface Noted {
  readonly recipients: readonly AccountId[];
  /** `undefined` if several have written, each of whom the others' messages concern. */
  readonly senderId: AccountId | undefined;
}

/**
 * Wakes devices that are not connected when a message has come for them. What is told here is noted down in memory, and
 * done in rounds: no send waits for it. What a relay has noted is lost with it; the next message wakes again.
 */
@Injectable()
export class WakeUps extends RoundsService implements Waker, OnModuleInit {
  private readonly arrivals = new Map<ConversationId, Noted>();
  /** Whose devices are yet to be looked up. */
  private readonly concerned = new Set<AccountId>();
  /** Connected devices, and when a message went out to them last; the oldest first. */
  private readonly pushedAtMs = new Map<DeviceId, number>();
  private readonly queue = new WakeUpQueue();
  private readonly underWay = new Set<Promise<void>>();
  private hasOverflown = false;

  constructor(
    private readonly store: PushStore,
    private readonly senders: PushSenders,
    private readonly totals: PushTotals,
    private readonly delivery: Delivery,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'waking devices failed' });
  }

  onModuleInit(): void {
    if (this.config.PUSH === 'on') this.delivery.attachWaker(this);
  }

  override onApplicationBootstrap(): void {
    if (this.config.PUSH === 'on') super.onApplicationBootstrap();
  }

  override async onApplicationShutdown(): Promise<void> {
    await super.onApplicationShutdown();
    await this.settled();
  }

  arrived({ conversationId, recipients, senderId }: Arrival): void {
    const noted = this.arrivals.get(conversationId);
    if (noted === undefined && this.arrivals.size >= MOST_ARRIVALS) this.hasOverflown = true;
    else {
      const isOther = noted !== undefined && noted.senderId !== senderId;
      this.arrivals.set(conversationId, { recipients, senderId: isOther ? undefined : senderId });
    }
  }

  lost(device: DeviceId): void {
    const nowMs = this.clock.monotonicMillis();
    const pushedAtMs = this.pushedAtMs.get(device);
    if (pushedAtMs !== undefined && nowMs - pushedAtMs <= SILENCE_MS) this.want(device, nowMs);
  }

  /** Looks up whom the arrivals concern, and wakes who is due. */
  async round(): Promise<void> {
    await this.lookUp();
    await this.wake();
    this.tidy();
  }

  /** Ends when what is under way has. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async lookUp(): Promise<void> {
    this.takeArrivals();
    if (this.concerned.size === 0) return;
    const devices = await this.store.devicesOf([...this.concerned], this.clock.now());
    const nowMs = this.clock.monotonicMillis();
    // Not before: while the database is away they wait.
    this.concerned.clear();
    for (const device of devices)
      if (this.delivery.isConnected(device)) this.notePush(device, nowMs);
      else this.want(device, nowMs);
  }

  /** What is too much for one round waits for the next: nobody's message is to stand still for it. */
  private takeArrivals(): void {
    let looked = 0;
    for (const [conversationId, { recipients, senderId }] of this.arrivals) {
      if (looked >= MOST_RECIPIENTS) return;
      looked += recipients.length;
      this.arrivals.delete(conversationId);
      for (const account of recipients) if (account !== senderId) this.concern(account);
    }
  }

  private concern(account: AccountId): void {
    if (this.concerned.size >= MOST_ACCOUNTS && !this.concerned.has(account)) this.hasOverflown = true;
    else this.concerned.add(account);
  }

  private notePush(device: DeviceId, nowMs: number): void {
    this.pushedAtMs.delete(device);
    this.pushedAtMs.set(device, nowMs);
  }

  private want(device: DeviceId, nowMs: number): void {
    if (!this.queue.want(device, nowMs)) this.hasOverflown = true;
  }

  private async wake(): Promise<void> {
    const due = this.queue.take(this.clock.monotonicMillis(), MOST_UNDER_WAY - this.underWay.size);
    const away = due.filter((device) => !this.delivery.isConnected(device));
    const targets = away.length === 0 ? [] : await this.targetsOf(away);
    const found = new Map(targets.map((target) => [target.deviceId, target]));
    for (const device of due) {
      const wakeable = found.get(device);
      if (wakeable === undefined) this.queue.forget(device);
      else this.start(wakeable);
    }
  }

  private async targetsOf(devices: readonly DeviceId[]): Promise<Wakeable[]> {
    try {
      return await this.store.targetsOf(devices, this.clock.now());
    } catch (error) {
      for (const device of devices) this.queue.failed(device, this.clock.monotonicMillis());
      throw error;
    }
  }

  private start(wakeable: Wakeable): void {
    const flight = this.send(wakeable).finally(() => this.underWay.delete(flight));
    this.underWay.add(flight);
  }

  /** Never throws: whatever happens is an outcome. */
  private async send(wakeable: Wakeable): Promise<void> {
    let outcome: PushOutcome;
    try {
      outcome = await this.senders.send(wakeable.target);
      if (outcome.kind === 'gone') await this.store.removeGone(wakeable);
    } catch {
      // Nobody answers, or it is not a host that is called: told apart, the difference would tell what there is inside.
      outcome = { kind: 'later' };
    }
    this.note(wakeable.deviceId, outcome);
  }

  private note(device: DeviceId, outcome: PushOutcome): void {
    this.totals.note(outcome);
    const nowMs = this.clock.monotonicMillis();
    switch (outcome.kind) {
      case 'sent':
        this.queue.sent(device, nowMs);
        break;
      case 'gone':
        this.queue.forget(device);
        break;
      case 'later':
        this.log.refused('push_later');
        this.queue.failed(device, nowMs, outcome.afterMs);
        break;
      case 'refused':
        this.log.refused(`push_${outcome.code}`);
        this.queue.refused(device, nowMs);
        break;
    }
  }

  private tidy(): void {
    const nowMs = this.clock.monotonicMillis();
    this.queue.tidy(nowMs);
    for (const [device, atMs] of this.pushedAtMs) {
      if (nowMs - atMs <= SILENCE_MS) break;
      this.pushedAtMs.delete(device);
    }
    if (this.hasOverflown) this.log.warn('too many devices to wake at once');
    this.hasOverflown = false;
  }
}
