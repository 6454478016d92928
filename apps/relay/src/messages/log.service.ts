import { Injectable } from '@nestjs/common';
import type { ConversationId, Seq } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { type LogPage, LogReaderStore } from './log-reader.store.js';

/** Reads one conversation's log in order. */
@Injectable()
export class LogService {
  constructor(
    private readonly logs: LogReaderStore,
    private readonly clock: Clock,
  ) {}

  /** @throws {NotFound} for who was never a member, and for who has not accepted yet. */
  async page(
    caller: Caller,
    conversationId: ConversationId,
    { after, limit }: { after: Seq; limit: number },
  ): Promise<LogPage> {
    const page = await this.logs.page({
      reader: caller.accountId,
      conversationId,
      after,
      limit,
      nowMs: this.clock.millis(),
    });
    if (page === undefined) throw new NotFound('conversation');
    return page;
  }
}
