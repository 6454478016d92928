import { Inject, Injectable } from '@nestjs/common';
import type { ConversationId, Seq } from '#protocol';
import { Announcements, ConversationsService, keeperOf } from '../conversations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { longestLifeSeconds, RunningSettings } from '../settings/index.js';
import type { NewRetention, RetentionInForce } from './retention.js';
import { RetentionStore } from './retention.store.js';

const HOUR_SECONDS = 3_600;

/** How long the messages of a conversation are kept, and who may say so. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly store: RetentionStore,
    private readonly conversations: ConversationsService,
    private readonly announcements: Announcements,
    private readonly limiter: Limiter,
    private readonly settings: RunningSettings,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws {NotFound} for whoever is no member. */
  async of(caller: Caller, conversationId: ConversationId): Promise<RetentionInForce> {
    const { retention } = await this.conversations.get(caller, conversationId);
    if (retention === null) throw new NotFound('conversation');
    return {
      ...retention,
      maximum: longestLifeSeconds(await this.settings.known()) ?? null,
      deliveredEverywhere: this.config.RETENTION_DELIVERED === 'always',
      deliveredKept: this.config.RETENTION_DELIVERED_HOURS * HOUR_SECONDS,
    };
  }

  /** @returns the seq of the entry that says so; null when it was so before. @throws {NotFound} @throws {Forbidden} @throws {IdReused} */
  async set(caller: Caller, conversationId: ConversationId, given: NewRetention): Promise<Seq | null> {
    await this.limiter.take('conversations', caller.accountId);
    const agreement = { conversationId, sender: caller, ...given, at: this.clock.now() };
    const { seq, outcome } = await this.store.set(agreement, (roster) => {
      keeperOf(roster, caller.accountId);
    });
    this.announcements.announce(outcome);
    return seq;
  }
}
