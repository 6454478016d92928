import { Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import type { AuditEvent } from '../audit/index.js';
import { ChangesService } from '../changes/index.js';
import { ConversationsService } from '../conversations/index.js';
import { Log } from '../platform/logging/log.js';
import { SessionsService } from '../sessions/index.js';
import { AccountRemovalStore } from './account-removal.store.js';

/** Deletes accounts for good, whoever has asked for it. To repeat it is safe, also by two relays at once. */
@Injectable()
export class AccountRemoval {
  constructor(
    private readonly store: AccountRemovalStore,
    private readonly sessions: SessionsService,
    private readonly conversations: ConversationsService,
    private readonly changes: ChangesService,
    private readonly log: Log,
  ) {}

  /** @param event what the audit log says of it. */
  async remove(accountId: AccountId, event: AuditEvent): Promise<void> {
    // Before, so that a failure leaves an account whose owner can try again.
    await this.conversations.leaveAll(accountId);
    const removed = await this.store.remove(accountId, event);
    if (removed !== undefined) {
      this.log.info('account deleted');
      this.sessions.announceEnd(removed.sessions, 'account_deleted');
      this.changes.announce(removed.changes);
    }
    // Again after, for what somebody added it to meanwhile; from now on nobody can.
    await this.conversations.leaveAll(accountId);
  }
}
