import type { OpenAccount } from '../account/open-account.js';
import { CONVERSATIONS } from '../conversations/conversation-record.js';
import type { SealedPut, StoredRecord } from '../store/sealed-store.js';
import type { EventHub } from '../sync/events.js';
import type { Lanes } from '../sync/lanes.js';
import { EXPIRIES, expiredRange, expiredRecord, expiryOf, isOver } from './expiry-record.js';
import {
  isForReading,
  isSignal,
  MESSAGE_PLACES,
  messagePlaceKey,
  type MessageRecord,
  MESSAGES,
} from './message-record.js';
import { withUnread } from './unread.js';

/** So many are looked for at once. */
const MOST_AT_ONCE = 200;
/** Longer nobody waits without having looked at the time: a computer may have slept. */
const MOST_WAIT_MS = 60_000;

interface ExpiryParts {
  readonly account: OpenAccount;
  readonly lanes: Lanes;
  readonly events: EventHub;
  readonly nowMs: () => number;
}

type Expired = StoredRecord<{ readonly key: string }>;

/** Deletes from this device what has lived as long as its sender gave it, whether or not the relay can be reached. */
export class Expiry {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueAtMs = Infinity;
  private isStopped = false;
  private sweeping: Promise<void> | undefined;

  constructor(private readonly parts: ExpiryParts) {}

  /** Deletes what is over, and waits for the next. One at a time. */
  sweep(): Promise<void> {
    this.sweeping ??= this.sweepAll().finally(() => (this.sweeping = undefined));
    return this.sweeping;
  }

  /** Something is over at that time. */
  expect(expiresAtMs: number): void {
    if (this.isStopped || expiresAtMs >= this.dueAtMs) return;
    const waitMs = Math.min(Math.max(expiresAtMs - this.parts.nowMs(), 0), MOST_WAIT_MS);
    this.dueAtMs = expiresAtMs;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.sweepLater(), waitMs);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.sweeping;
  }

  private async sweepLater(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      if (!this.isStopped) this.parts.events.tell([{ kind: 'failed', error }]);
    }
  }

  private async sweepAll(): Promise<void> {
    const { account, nowMs } = this.parts;
    this.dueAtMs = Infinity;
    for (;;) {
      const rows = await account.store.scan(EXPIRIES, { ...expiredRange(nowMs()), limit: MOST_AT_ONCE });
      if (rows.length === 0) break;
      for (const row of rows) {
        if (this.isStopped) return;
        await this.end(row);
      }
    }
    const [next] = await account.store.scan(EXPIRIES, { ...expiredRange(Number.MAX_SAFE_INTEGER - 1), limit: 1 });
    if (next !== undefined) this.expect(expiryOf(next.key));
  }

  private async end(expired: Expired): Promise<void> {
    const [conversationId = ''] = expired.record.key.split('/').slice(-2);
    await this.parts.lanes.run(conversationId, () => this.endWithin(conversationId, expired));
  }

  private async endWithin(conversationId: string, { key, record: { key: place } }: Expired): Promise<void> {
    const { account, events, nowMs } = this.parts;
    const index = { table: EXPIRIES.table, key } as const;
    const stored = await account.store.get(MESSAGES, place);
    // It was deleted, or moved out of the log of a relay that was restored, and something else stands there now.
    if (stored === undefined || !isOver(stored.record, nowMs())) return account.store.write({ delete: [index] });
    const { id, seq } = stored.record;
    const isLost = place.startsWith('lost/');
    const isKept = !isLost && !isSignal(stored.record);
    const message = expiredRecord(seq);
    await account.store.write({
      put: [
        ...(isKept ? [MESSAGES.put(place, message, stored.version)] : []),
        ...(isLost ? [] : await this.unreadPuts(conversationId, stored.record)),
      ],
      delete: [
        index,
        ...(isKept ? [] : [{ table: MESSAGES.table, key: place }]),
        ...(isLost ? [] : await this.placeOf(conversationId, stored.record)),
      ],
    });
    if (isKept) events.tell([{ kind: 'expired', conversationId, id, message }]);
  }

  /** Under which others meant it. */
  private async placeOf(conversationId: string, { id, seq }: MessageRecord) {
    const key = messagePlaceKey(conversationId, id ?? '');
    const place = await this.parts.account.store.get(MESSAGE_PLACES, key);
    return place?.record.seq === seq ? [{ table: MESSAGE_PLACES.table, key }] : [];
  }

  private async unreadPuts(conversationId: string, message: MessageRecord): Promise<SealedPut[]> {
    const { store, accountId } = this.parts.account;
    const stored = await store.get(CONVERSATIONS, conversationId);
    if (stored === undefined || !isForReading(message, accountId)) return [];
    const record = withUnread(stored.record, message.seq, -1);
    return record === stored.record ? [] : [CONVERSATIONS.put(conversationId, record, stored.version)];
  }
}
