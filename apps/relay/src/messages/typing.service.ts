import { Injectable } from '@nestjs/common';
import type { ConversationId } from '#protocol';
import { RosterStore } from '../conversations/index.js';
import { Delivery } from '../delivery/index.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';

/** Passes on that somebody is typing: to those who are connected, stored nowhere. */
@Injectable()
export class TypingService {
  constructor(
    private readonly rosters: RosterStore,
    private readonly delivery: Delivery,
    private readonly limiter: Limiter,
  ) {}

  /** @throws {NotFound} for who is no member. */
  async typing(caller: Caller, conversationId: ConversationId, isActive: boolean): Promise<void> {
    this.limiter.takeLocal('typing', caller.deviceId);
    const { members } = await this.rosters.recipients(conversationId);
    const accounts = members.map(({ accountId }) => accountId);
    if (!accounts.includes(caller.accountId)) throw new NotFound('conversation');
    const others = accounts.filter((accountId) => accountId !== caller.accountId);
    this.delivery.push(
      'typing',
      { conversationId, accountId: caller.accountId, active: isActive },
      { accounts: others },
    );
  }
}
