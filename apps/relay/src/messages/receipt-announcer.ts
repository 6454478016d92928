import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type AccountId, DURATIONS } from '#protocol';
import { Delivery } from '../delivery/index.js';
import { contained } from '../platform/logging/contained.js';
import { Log } from '../platform/logging/log.js';
import type { Watermark } from './message.js';
import { watermarkDto } from './messages.mapping.js';

interface Announcement {
  /** The newest mark of each kind. */
  readonly watermarks: Map<string, Watermark>;
  readonly hearers: Set<AccountId>;
}

/**
 * Tells senders, and the reader's other devices, of new marks: at most once a second for each reader and conversation, the
 * first at once, what follows within the second together at its end. The marks themselves are already stored.
 */
@Injectable()
export class ReceiptAnnouncer implements OnApplicationShutdown {
  private readonly quiet = new Map<string, { timer: NodeJS.Timeout; waiting: Announcement | undefined }>();

  constructor(
    private readonly delivery: Delivery,
    private readonly log: Log,
  ) {}

  announce(watermarks: readonly Watermark[], hearers: readonly AccountId[]): void {
    const [first] = watermarks;
    if (first === undefined || hearers.length === 0) return;
    const key = `${first.conversationId}/${first.accountId}`;
    const pause = this.quiet.get(key);
    if (pause === undefined) {
      this.push(watermarks, hearers);
      this.pause(key);
      return;
    }
    pause.waiting ??= { watermarks: new Map(), hearers: new Set() };
    for (const watermark of watermarks) keepGreatest(pause.waiting.watermarks, watermark);
    for (const hearer of hearers) pause.waiting.hearers.add(hearer);
  }

  onApplicationShutdown(): void {
    for (const { timer } of this.quiet.values()) clearTimeout(timer);
    this.quiet.clear();
  }

  private pause(key: string): void {
    const end = contained(this.log, 'announcing receipts failed', () => this.endPause(key));
    const timer = setTimeout(end, DURATIONS.receiptCoalesceMs);
    this.quiet.set(key, { timer: timer.unref(), waiting: undefined });
  }

  private endPause(key: string): void {
    const waiting = this.quiet.get(key)?.waiting;
    this.quiet.delete(key);
    if (waiting === undefined) return;
    this.push([...waiting.watermarks.values()], [...waiting.hearers]);
    this.pause(key);
  }

  private push(watermarks: readonly Watermark[], hearers: readonly AccountId[]): void {
    for (const watermark of watermarks) this.delivery.push('receipt', watermarkDto(watermark), { accounts: hearers });
  }
}

/** Marks made at once are not announced in the order of their positions. */
function keepGreatest(watermarks: Map<string, Watermark>, watermark: Watermark): void {
  const known = watermarks.get(watermark.kind);
  if (known === undefined || known.upTo < watermark.upTo) watermarks.set(watermark.kind, watermark);
}
