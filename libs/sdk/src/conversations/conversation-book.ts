import type { components } from '#api-client';
import type { MemberRole } from '#protocol';
import type { OpenAccount } from '../account/open-account.js';
import type { Lanes } from '../sync/lanes.js';
import { type LogItem, membersChangeOf } from '../sync/log-item.js';
import { readLogPage } from '../sync/log-page.js';
import { isRefusal } from '../relay/relay.errors.js';
import { everyRow } from '../store/store.js';
import {
  type ConversationRecord,
  CONVERSATIONS,
  type Inviter,
  type Member,
  newConversation,
} from './conversation-record.js';
import { retentionIn } from './retention.js';

type Roster = Pick<ConversationRecord, 'members' | 'believedUntil'>;

/** A roster for whoever comes in, and where their stay begins. */
export type RosterAtArrival = Roster & { readonly from: number };

export type Details = components['schemas']['ConversationDetailsDto'];

/** So far behind a position it is looked who has left since. */
const MOST_PAGES = 20;

/** The conversations that this device knows of, and what the people in them are called. */
export class ConversationBook {
  private readonly usernames = new Map<string, string>();

  constructor(
    private readonly account: OpenAccount,
    private readonly lanes: Lanes,
    private readonly nowMs: () => number,
  ) {}

  async get(conversationId: string): Promise<ConversationRecord | undefined> {
    const stored = await this.account.store.get(CONVERSATIONS, conversationId);
    this.learn(stored?.record.members ?? []);
    return stored?.record;
  }

  /** All of them, by id. */
  async all(): Promise<ReadonlyMap<string, ConversationRecord>> {
    const known = new Map<string, ConversationRecord>();
    for await (const { key, record } of everyRow((range) => this.account.store.scan(CONVERSATIONS, range)))
      known.set(key, record);
    return known;
  }

  /**
   * Asks the relay about a conversation, and notes one that is new.
   * @returns undefined when there is none that this library reads: it is no MLS group, or not to be seen.
   */
  async refresh(conversationId: string): Promise<ConversationRecord | undefined> {
    return this.lanes.run(conversationId, () => this.refreshWithin(conversationId));
  }

  /** The same, for what has the conversation's lane already. */
  async refreshWithin(conversationId: string): Promise<ConversationRecord | undefined> {
    const details = await this.atRelay(conversationId);
    if (details === undefined) {
      await this.endInvitation(conversationId);
      return undefined;
    }
    const { store } = this.account;
    const stored = await store.get(CONVERSATIONS, conversationId);
    const standing = standingOf(details);
    const retention = retentionIn(details.retention);
    if (stored === undefined) {
      const kind = details.kind === 'direct' ? 'direct' : 'group';
      const cursor = Math.max(0, stayOf(details) - 1);
      const asking = { invitedBy: inviterOf(details) };
      const known = { kind, cursor, standing, retention, ...rosterOf(details), ...asking } as const;
      const record = newConversation(known, this.nowMs());
      await store.write({ put: [CONVERSATIONS.put(conversationId, record)] });
      return record;
    }
    // Of whoever is in it the log tells; but not that one is asked to join, or was before the log could be read.
    if (stored.record.standing === standing && stored.record.members.length > 0) return stored.record;
    const roster = stored.record.members.length > 0 ? {} : rosterOf(details);
    const kept = { ...(retention && { retention }), invitedBy: inviterOf(details) };
    const record = { ...stored.record, standing, ...roster, ...kept };
    await store.write({ put: [CONVERSATIONS.put(conversationId, record, stored.version)] });
    return record;
  }

  /** Who is in a conversation now, as the relay says: for whoever comes in, and has nobody else to ask. */
  async roster(conversationId: string): Promise<RosterAtArrival | undefined> {
    const details = await this.atRelay(conversationId);
    return details === undefined ? undefined : { ...rosterOf(details), from: stayOf(details) };
  }

  /** A conversation as the relay shows it; undefined as for {@link refresh}. */
  async atRelay(conversationId: string): Promise<Details | undefined> {
    const details = await this.details(conversationId);
    if (details?.protocol !== 'mls') return undefined;
    this.learn(details.members);
    return details;
  }

  /** What the relay calls an account. It is no secret, and not believed: keys are pinned to accounts. */
  usernameOf(accountId: string): string | undefined {
    return this.usernames.get(accountId);
  }

  /** Asks what those are called who are new in a conversation at a position of its log. */
  async learnNames(conversationId: string, accountIds: readonly string[], seq: number): Promise<void> {
    const areKnown = (): boolean => accountIds.every((accountId) => this.usernames.has(accountId));
    if (areKnown()) return;
    this.learn((await this.details(conversationId))?.members ?? []);
    if (!areKnown()) await this.learnBehind(conversationId, seq);
  }

  /** Who has left since is in no list of members any more, but in the group still: the log behind that position names them. */
  async learnBehind(conversationId: string, seq: number): Promise<void> {
    for (let after = seq, pages = 0; pages < MOST_PAGES; pages++) {
      const page = await readLogPage(this.account.relay, conversationId, after);
      if (page === undefined) return;
      this.learnFrom(page.items);
      if (page.upTo >= page.headSeq) return;
      after = page.upTo;
    }
  }

  /** Learns what those are called whom a log names: who has left is in no list of members any more, but in trees of before. */
  learnFrom(items: readonly LogItem[]): void {
    for (const item of items) {
      const { added = [], removed = [] } = ('gap' in item ? undefined : membersChangeOf(item)) ?? {};
      this.learn([...added, ...removed]);
    }
  }

  /** One that is declined, or taken back, is not to be seen any more. */
  private async endInvitation(conversationId: string): Promise<void> {
    const { store } = this.account;
    const stored = await store.get(CONVERSATIONS, conversationId);
    if (stored?.record.standing !== 'invited') return;
    const record: ConversationRecord = { ...stored.record, standing: 'left' };
    await store.write({ put: [CONVERSATIONS.put(conversationId, record, stored.version)] });
  }

  private learn(members: readonly Pick<Member, 'accountId' | 'username'>[]): void {
    for (const { accountId, username } of members) this.usernames.set(accountId, username);
  }

  private async details(id: string): Promise<Details | undefined> {
    try {
      return await this.account.relay.call((api) => api.GET('/v1/conversations/{id}', { params: { path: { id } } }));
    } catch (error) {
      if (isRefusal(error, 'not_found')) return undefined;
      throw error;
    }
  }
}

function standingOf({ state }: Details): ConversationRecord['standing'] {
  return state === 'joined' || state === 'invited' ? state : 'left';
}

/** The first position that may be seen of the present stay. */
function stayOf({ stays }: Details): number {
  return stays.at(-1)?.from ?? 1;
}

function rosterOf(details: Details): Roster {
  return { members: membersOf(details), believedUntil: details.headSeq };
}

export function membersOf({ members }: Pick<Details, 'members'>): Member[] {
  return members.map(({ accountId, username, role, state }) => ({
    accountId,
    username,
    // Roles and states of a later version mean no more than those of a member here.
    role: (['owner', 'admin'].includes(role) ? role : 'member') as MemberRole,
    state: state === 'invited' ? state : 'joined',
  }));
}

/** Whoever is asked to join sees nothing of the conversation but that. */
function inviterOf({ invitedBy }: Details): Inviter | undefined {
  return invitedBy === null ? undefined : { accountId: invitedBy.accountId, username: invitedBy.username };
}
