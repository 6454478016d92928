import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId } from '#protocol';
import { v7 } from 'uuid';
import { type Account, AccountsService } from '../accounts/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller, LocatedCaller } from '../platform/http/caller.js';
import { type Page, pageOf } from '../platform/http/page.js';
import { Limiter } from '../platform/limits/limiter.js';
import { Quotas } from '../platform/limits/quotas.js';
import { Announcements } from './announcements.js';
import type {
  ConversationDetails,
  ConversationView,
  NewDirect,
  NewGroup,
  Person,
  ViewPosition,
} from './conversation.js';
import { WithYourself } from './conversations.errors.js';
import { DirectStore } from './direct.store.js';
import { GroupsStore } from './groups.store.js';
import { MembershipService } from './membership.service.js';
import { ViewsStore } from './views.store.js';

/** A conversation that was asked for, and whether it is new. */
export interface Found {
  readonly conversationId: ConversationId;
  readonly created: boolean;
}

/** Starts conversations, and shows them to those they belong to. */
@Injectable()
export class ConversationsService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly direct: DirectStore,
    private readonly groups: GroupsStore,
    private readonly views: ViewsStore,
    private readonly memberships: MembershipService,
    private readonly announcements: Announcements,
    private readonly limiter: Limiter,
    private readonly quotas: Quotas,
    private readonly clock: Clock,
  ) {}

  /**
   * Finds, creates or reopens the direct conversation with somebody, who thereby becomes a contact of the caller.
   * @throws {NotFound} when there is no such person, or none for the caller. @throws {BlockedByYou} @throws {RateLimited}
   */
  async openDirect({ caller, address }: LocatedCaller, { protocol, with: username }: NewDirect): Promise<Found> {
    if (username === caller.username) throw new WithYourself();
    const peer = await this.accounts.find({ caller, address }, username);
    const conversationId = await this.direct.findOpen(protocol, caller.accountId, peer.id);
    if (conversationId !== undefined) return { conversationId, created: false };
    await this.limiter.take('conversations', caller.accountId);
    const { outcome, ...found } = await this.direct.open({
      caller,
      peer: personOf(peer),
      protocol,
      at: this.clock.now(),
    });
    this.announcements.announce(outcome);
    return found;
  }

  /**
   * Creates a group; with an id the caller used before, finds the group made then.
   * @throws {NotFound} @throws {IdReused} @throws {ConversationFull} when it names more members than a group may have
   */
  async createGroup(asker: LocatedCaller, { id, protocol, members, metadata }: NewGroup): Promise<Found> {
    const { caller } = asker;
    if (id !== undefined && (await this.groups.isMadeBy(id, caller.accountId)))
      return { conversationId: id, created: false };
    await this.limiter.take('conversations', caller.accountId);
    const others = members.filter((username) => username !== caller.username);
    const people = (await this.accounts.findAll(asker, others)).map(personOf);
    const at = this.clock.now();
    const conversationId = id ?? (v7({ msecs: at.getTime() }) as ConversationId);
    const { created, outcome } = await this.groups.create({
      id: conversationId,
      protocol,
      founder: caller,
      people,
      metadata,
      atMost: this.quotas.of('membersPerConversation'),
      at,
    });
    this.announcements.announce(outcome);
    return { conversationId, created };
  }

  /** Newest first; also those the caller left. */
  async list(
    { accountId }: Caller,
    page: { readonly after: ViewPosition | undefined; readonly limit: number },
  ): Promise<Page<ConversationView>> {
    const views = await this.views.list(accountId, { after: page.after, limit: page.limit + 1 });
    return pageOf(views, page.limit, ({ createdAt, id }) => [createdAt.getTime(), id]);
  }

  async get({ accountId }: Caller, id: ConversationId): Promise<ConversationDetails> {
    const details = await this.views.details(accountId, id);
    if (details === undefined) throw new NotFound('conversation');
    return details;
  }

  /**
   * Takes an account out of everything it is in, handing over what it owns. Each conversation is a transaction of its own,
   * so that nobody waits for all of them; to repeat it is safe. For the deletion of an account: call it before the account
   * is marked as deleted (a failure may then be retried) and again after, when nobody can add it any more.
   */
  async leaveAll(accountId: AccountId): Promise<void> {
    await this.memberships.leaveAll(accountId);
  }
}

function personOf({ id, username, displayName }: Account): Person {
  return { accountId: id, username, displayName };
}
