import { Injectable } from '@nestjs/common';
import { type ConversationId, type EntryId, type Seq } from '#protocol';
import { ChangesService } from '../changes/index.js';
import { Clock } from '../platform/clock/clock.js';
import { InvalidRequest, NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { LogReaderStore } from './log-reader.store.js';
import type { ReceiptKind, Watermark } from './message.js';
import { MessagesService } from './messages.service.js';
import { ReceiptAnnouncer } from './receipt-announcer.js';
import { ReceiptsStore } from './receipts.store.js';

export interface Marks {
  readonly delivered?: Seq | undefined;
  readonly read?: Seq | undefined;
}

/** Marks of what was delivered and read, as watermarks over the log. */
@Injectable()
export class ReceiptsService {
  constructor(
    private readonly receipts: ReceiptsStore,
    private readonly logs: LogReaderStore,
    private readonly messages: MessagesService,
    private readonly announcer: ReceiptAnnouncer,
    private readonly changes: ChangesService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  /**
   * Records how far the caller has stored and read a log. What is read is delivered, too.
   * @throws {InvalidRequest} for a position beyond the head or outside the caller's stays.
   */
  async mark(caller: Caller, conversationId: ConversationId, { delivered, read }: Marks): Promise<void> {
    this.limiter.takeLocal('receipts', caller.deviceId);
    await this.assertReadable(caller, conversationId, { delivered, read });
    const marks: Partial<Record<ReceiptKind, Seq>> = {};
    const stored = Math.max(delivered ?? 0, read ?? 0);
    if (stored > 0) marks.delivered = stored;
    if (read !== undefined) marks.read = read;
    const recorded = await this.receipts.record({
      conversationId,
      reader: caller.accountId,
      marks,
      at: this.clock.now(),
    });
    this.changes.announce(recorded.changes);
    this.announcer.announce(recorded.watermarks, recorded.hearers);
  }

  /** Marks one message, and with it everything before it. */
  async markMessage(
    caller: Caller,
    conversationId: ConversationId,
    { id, kind }: { id: EntryId; kind: ReceiptKind },
  ): Promise<void> {
    const { entry } = await this.messages.one(caller, conversationId, id);
    await this.mark(caller, conversationId, { [kind]: entry.seq });
  }

  /** The newest marks of every member, for who is a member. */
  async newest(caller: Caller, conversationId: ConversationId): Promise<Watermark[]> {
    const standing = await this.logs.standing(caller.accountId, conversationId);
    if (standing?.stays.some(({ to }) => to === null) !== true) throw new NotFound('conversation');
    return this.receipts.newestOf(conversationId);
  }

  private async assertReadable(caller: Caller, conversationId: ConversationId, marks: Marks): Promise<void> {
    const standing = await this.logs.standing(caller.accountId, conversationId);
    if (standing === undefined) throw new NotFound('conversation');
    const { stays, head } = standing;
    for (const [kind, seq] of Object.entries(marks) as [ReceiptKind, Seq | undefined][]) {
      const isReadable = seq === undefined || stays.some(({ from, to }) => from <= seq && seq <= (to ?? head));
      if (!isReadable) throw new InvalidRequest([{ path: `/${kind}`, message: 'lies beyond what you can read' }]);
    }
  }
}
