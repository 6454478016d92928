import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, MemberRole, Seq } from '#protocol';
import { AccountsService } from '../accounts/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller, LocatedCaller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Quotas } from '../platform/limits/quotas.js';
import { Announcements } from './announcements.js';
import type { Named, NewMetadata, Placed } from './conversation.js';
import {
  acceptance,
  addition,
  changedByRequest,
  departure,
  managerOf,
  removal,
  roleChange,
} from './membership-rules.js';
import { MembershipStore } from './membership.store.js';
import { MetadataStore } from './metadata.store.js';
import { StaysStore } from './stays.store.js';

/** Changes who is in a conversation, what they may do there, and what it is called. */
@Injectable()
export class MembershipService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly memberships: MembershipStore,
    private readonly metadata: MetadataStore,
    private readonly stays: StaysStore,
    private readonly announcements: Announcements,
    private readonly limiter: Limiter,
    private readonly quotas: Quotas,
    private readonly clock: Clock,
  ) {}

  /** Adds people to a group; those whose privacy asks for it are invited. @returns the seq of the entry that says so. */
  async add(
    asker: LocatedCaller,
    conversationId: ConversationId,
    added: Named & { readonly role: MemberRole },
  ): Promise<Seq | null> {
    const { caller } = asker;
    await this.limiter.take('conversations', caller.accountId);
    const found = await this.accounts.findAll(asker, added.usernames);
    const people = found.map(({ id, username, displayName }) => ({ accountId: id, username, displayName }));
    const request = { conversationId, sender: caller, id: added.id, at: this.clock.now() };
    return this.announced(
      this.memberships.add(request, people, (roster, candidates) =>
        addition(changedByRequest(roster), caller.accountId, {
          candidates,
          role: added.role,
          atMost: this.quotas.of('membersPerConversation'),
        }),
      ),
    );
  }

  /** Removes members, or takes invitations back. */
  async remove(caller: Caller, conversationId: ConversationId, removed: Named): Promise<Seq | null> {
    await this.limiter.take('conversations', caller.accountId);
    const request = { conversationId, sender: caller, id: removed.id, at: this.clock.now() };
    return this.announced(
      this.memberships.change(request, (roster) =>
        removal(changedByRequest(roster), caller.accountId, removed.usernames),
      ),
    );
  }

  /** Leaves, or declines an invitation; fine if the caller left before. @throws {NotFound} for whoever was never in it. */
  async leave(caller: Caller, conversationId: ConversationId): Promise<void> {
    const request = { conversationId, sender: caller, at: this.clock.now() };
    const seq = await this.announced(this.memberships.change(request, (roster) => departure(roster, caller.accountId)));
    if (seq === null && !(await this.stays.hasAny(caller.accountId, conversationId)))
      throw new NotFound('conversation');
  }

  /** See `ConversationsService.leaveAll`. */
  async leaveAll(accountId: AccountId): Promise<void> {
    for (const { conversationId, username } of await this.stays.openOf(accountId)) {
      const request = { conversationId, sender: { accountId, username, deviceId: null }, at: this.clock.now() };
      await this.announced(this.memberships.change(request, (roster) => departure(roster, accountId)));
    }
  }

  /** Accepts an invitation; fine if the caller joined before. */
  async accept(caller: Caller, conversationId: ConversationId): Promise<void> {
    const request = { conversationId, sender: caller, at: this.clock.now() };
    await this.announced(this.memberships.accept(request, (roster) => acceptance(roster, caller.accountId)));
  }

  async changeRole(
    caller: Caller,
    conversationId: ConversationId,
    given: { username: string; role: MemberRole },
  ): Promise<Seq | null> {
    await this.limiter.take('conversations', caller.accountId);
    const request = { conversationId, sender: caller, at: this.clock.now() };
    return this.announced(
      this.memberships.change(request, (roster) => roleChange(changedByRequest(roster), caller.accountId, given)),
    );
  }

  async setMetadata(caller: Caller, conversationId: ConversationId, given: NewMetadata): Promise<Seq> {
    await this.limiter.take('conversations', caller.accountId);
    const naming = { conversationId, sender: caller, ...given, at: this.clock.now() };
    const { seq, outcome } = await this.metadata.set(naming, (roster) => {
      managerOf(roster, caller.accountId);
    });
    this.announcements.announce(outcome);
    return seq;
  }

  private async announced(committed: Promise<Placed>): Promise<Seq | null> {
    const { seq, outcome } = await committed;
    this.announcements.announce(outcome);
    return seq;
  }
}
