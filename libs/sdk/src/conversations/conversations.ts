import { isLifetime, type MemberRole, type RosterDelta } from '#protocol';
import { v7 } from 'uuid';
import type { OpenAccount } from '../account/open-account.js';
import { type Committer, NO_CHANGE } from '../groups/committer.js';
import type { Founder } from '../groups/founder.js';
import { type GroupCode, groupCodeOf } from '../groups/group-code.js';
import { GroupError } from '../groups/groups.errors.js';
import type { GroupShelf } from '../groups/group-shelf.js';
import type { Messages } from '../messages/messages.js';
import { PeerError } from '../peers/peers.errors.js';
import type { Synchronizer } from '../sync/synchronizer.js';
import { type Waiting, waitingFor } from '../waiting.js';
import { type Conversation, conversationOf } from './conversation.js';
import type { ConversationBook } from './conversation-book.js';
import type { ConversationRecord } from './conversation-record.js';
import { type Retention, retentionInForce, type RetentionInForce } from './retention.js';
import { type LogRange, type RosterChange, rosterChangesIn } from './roster-changes.js';

interface Person {
  readonly accountId: string;
  readonly username: string;
}

/** What conversations lean on. */
interface Parts {
  readonly account: OpenAccount;
  readonly book: ConversationBook;
  readonly committer: Committer;
  readonly shelf: GroupShelf;
  readonly founder: Founder;
  readonly sync: Synchronizer;
  readonly messages: Messages;
  readonly typing: (conversationId: string, active: boolean) => Promise<void>;
}

/**
 * Direct conversations and groups: who is in them, and what they are called. What waits for the relay takes a signal that ends
 * the waiting, and throws {@link RelayUnreachableError} when no answer comes.
 */
export class Conversations {
  constructor(private readonly parts: Parts) {}

  /** All that this device knows. */
  async list(): Promise<Conversation[]> {
    return [...(await this.parts.book.all())].map(([id, record]) => conversationOf(id, record));
  }

  /** @throws {GroupError} `unknown_conversation` */
  async get(conversationId: string): Promise<Conversation> {
    return conversationOf(conversationId, await this.record(conversationId));
  }

  /**
   * Who came, left, was removed, or was given another role in a part of the log, oldest first. The event `roster` tells of what is
   * new.
   *
   * @example
   * const changes = await sealpost.conversations.changes(chat.id, { from: page.at(-1)?.seq });
   */
  async changes(conversationId: string, range: LogRange = {}): Promise<RosterChange[]> {
    return rosterChangesIn(this.parts.account.store, conversationId, range);
  }

  /**
   * What its members compare to be sure that they are all in one group, as they think: whoever decides which commit a device
   * sees could let each half of a group see another one. Messages of the other half cannot be read then.
   *
   * @throws {GroupError} `not_in_group` while this device is in none.
   *
   * @example
   * const { epoch, digits } = await sealpost.conversations.groupCode(chat.id);
   */
  async groupCode(conversationId: string): Promise<GroupCode> {
    return groupCodeOf(await this.parts.shelf.get(conversationId));
  }

  /**
   * The conversation with somebody; it is begun if there is none.
   *
   * @throws {RelayRefusal} `not_found` when there is nobody of that name, or nobody who wants to hear from this account.
   * @throws {PeerError} `wrong_account` and others, and {MlsError} `not_trusted`, when the relay passes somebody else off as them.
   *
   * @example
   * const chat = await sealpost.conversations.direct('grace');
   */
  async direct(username: string, waiting: Waiting = {}): Promise<Conversation> {
    return waitingFor(this.begunWith(username), waiting);
  }

  /**
   * A new group of this account and others.
   *
   * @throws {RelayRefusal} `not_found` when one of them is nobody.
   *
   * @example
   * const group = await sealpost.conversations.group(['grace', 'alan'], { title: 'Tea' });
   */
  async group(
    usernames: readonly string[],
    { title, ...waiting }: Waiting & { readonly title?: string } = {},
  ): Promise<Conversation> {
    return waitingFor(this.begunAmong(usernames, title), waiting);
  }

  /** Brings people into a group, with all of their devices. @throws {RelayRefusal} `forbidden` for who may not. */
  async add(conversationId: string, usernames: readonly string[], waiting: Waiting = {}): Promise<void> {
    await waitingFor(this.bring(conversationId, usernames), waiting);
  }

  /** Puts people out of a group: from then on they can read nothing. @throws {RelayRefusal} `forbidden` for who may not. */
  async remove(conversationId: string, usernames: readonly string[], waiting: Waiting = {}): Promise<void> {
    const removing = this.parts.committer.commit(conversationId, (group, record) => {
      const leaving = idsOf(record.members.filter(({ username }) => usernames.includes(username)));
      if (leaving.length === 0) return Promise.resolve(undefined);
      const leaves = group.members().filter(({ identity }) => leaving.includes(identity.accountId));
      const remove = leaves.map(({ leafIndex }) => leafIndex);
      return Promise.resolve({ remove, delta: { ...NO_CHANGE, removed: leaving } });
    });
    await waitingFor(removing, waiting);
  }

  /** Gives a member another role; giving `owner` hands the group over. @throws {RelayRefusal} `forbidden` for who may not. */
  async giveRole(conversationId: string, username: string, role: MemberRole): Promise<void> {
    const own = this.parts.account.accountId;
    await this.parts.committer.commit(conversationId, (_group, { members }) => {
      const target = members.find((member) => member.username === username);
      if (target === undefined || target.role === role) return Promise.resolve(undefined);
      const given = { accountId: target.accountId, role };
      const roles = role === 'owner' ? [given, { accountId: own, role: 'admin' as const }] : [given];
      return Promise.resolve({ delta: { ...NO_CHANGE, roles: roles.sort(byAccount) } });
    });
  }

  /** What it is called from now on, for everybody in it. */
  async rename(conversationId: string, title: string): Promise<void> {
    await this.record(conversationId);
    await this.parts.messages.post(conversationId, { kind: 'title', title });
  }

  /**
   * How long what is written from now on lives, for everybody in it: then the relay and all devices delete it. What stands there
   * already stays as it is. It is agreed inside the encryption; the relay learns it of each message, which it has to delete.
   *
   * @param seconds up to a year; null for good. @throws {GroupError} `unknown_conversation`, `invalid_lifetime`
   *
   * @example
   * await sealpost.conversations.setLifetime(chat.id, 86_400);
   */
  async setLifetime(conversationId: string, seconds: number | null): Promise<void> {
    if (seconds !== null && !isLifetime(seconds))
      throw new GroupError('invalid_lifetime', 'Messages live for whole seconds, up to a year.');
    await this.record(conversationId);
    await this.parts.messages.post(conversationId, { kind: 'lifetime', seconds });
  }

  /**
   * How long the relay keeps what is written there: as the members have agreed, and as its operator has set.
   *
   * @throws {RelayRefusal} `not_found` for who is no member.
   *
   * @example
   * const { maximumSeconds } = await sealpost.conversations.retention(chat.id);
   */
  async retention(conversationId: string, waiting: Waiting = {}): Promise<RetentionInForce> {
    const params = { path: { id: conversationId } };
    const asking = this.parts.account.relay.call((api) => api.GET('/v1/conversations/{id}/retention', { params }));
    return retentionInForce(await waitingFor(asking, waiting));
  }

  /**
   * How long the relay keeps what is written there from now on. Members see who has said so. What it deletes leaves a gap for
   * devices that did not have it, also for those that are linked later; what devices have, they keep: for them there is
   * {@link setLifetime}.
   *
   * @throws {RelayRefusal} `forbidden` for who may not: in a group, the owner and admins may. `invalid_request` for less than a
   * minute, or more than a year.
   *
   * @example
   * await sealpost.conversations.setRetention(chat.id, { expireAfterSeconds: null, afterDelivery: true });
   */
  async setRetention(conversationId: string, retention: Retention, waiting: Waiting = {}): Promise<void> {
    await waitingFor(this.agreed(conversationId, retention), waiting);
  }

  /** Leaves for good, or declines an invitation. What was read stays on this device. */
  async leave(conversationId: string, waiting: Waiting = {}): Promise<void> {
    await waitingFor(this.left(conversationId), waiting);
  }

  /**
   * Says that somebody types here, or has stopped. The relay tells those who are connected, and stores nothing.
   *
   * @throws {RelayRefusal} `not_found` for who is no member, `rate_limited`.
   */
  async typing(conversationId: string, active: boolean): Promise<void> {
    await this.parts.typing(conversationId, active);
  }

  /** Accepts an invitation. */
  async accept(conversationId: string, waiting: Waiting = {}): Promise<void> {
    await waitingFor(this.accepted(conversationId), waiting);
  }

  private async begunWith(username: string): Promise<Conversation> {
    const { account, book, sync } = this.parts;
    const body = { kind: 'direct', protocol: 'mls', with: username } as const;
    const { id, group, peer } = await account.relay.call((api) => api.POST('/v1/conversations', { body }));
    if (peer !== null && peer.username !== username)
      throw new PeerError('wrong_account', 'The relay answers with another account than was asked for.');
    await book.refresh(id);
    if (group?.generation === 0 && peer !== null) await this.begin(id, [peer], NO_CHANGE);
    else await sync.syncAll();
    return this.get(id);
  }

  private async begunAmong(usernames: readonly string[], title: string | undefined): Promise<Conversation> {
    const { account, book, messages } = this.parts;
    const people = await this.people(usernames);
    const id = v7();
    const body = { kind: 'group' as const, protocol: 'mls' as const, id, members: [] };
    await account.relay.call((api) => api.POST('/v1/conversations', { body }));
    await book.refresh(id);
    await this.begin(id, people, { ...NO_CHANGE, added: idsOf(people) });
    if (title !== undefined) await messages.post(id, { kind: 'title', title });
    return this.get(id);
  }

  private async bring(conversationId: string, usernames: readonly string[]): Promise<void> {
    const people = await this.people(usernames);
    const { title, lifetimeSeconds } = await this.record(conversationId);
    await this.parts.committer.commit(conversationId, async (group, record) => {
      const joining = people.filter(({ accountId }) => !record.members.some((one) => one.accountId === accountId));
      if (joining.length === 0) return undefined;
      const coming = await this.parts.founder.bringing(joining, group, record);
      return { ...coming, delta: { ...NO_CHANGE, added: idsOf(joining) } };
    });
    // For those who have come in: nobody else sees anything new.
    if (title !== undefined) await this.parts.messages.post(conversationId, { kind: 'title', title });
    if (typeof lifetimeSeconds === 'number')
      await this.parts.messages.post(conversationId, { kind: 'lifetime', seconds: lifetimeSeconds });
  }

  private async agreed(conversationId: string, { expireAfterSeconds, afterDelivery }: Retention): Promise<void> {
    await this.record(conversationId);
    const params = { path: { id: conversationId } };
    const body = { id: v7(), expireAfter: expireAfterSeconds, afterDelivery };
    await this.parts.account.relay.call((api) => api.PUT('/v1/conversations/{id}/retention', { params, body }));
    await this.parts.sync.pull(conversationId);
  }

  private async left(conversationId: string): Promise<void> {
    await this.parts.account.relay.call((api) =>
      api.POST('/v1/conversations/{id}/leave', { params: { path: { id: conversationId } } }),
    );
    await this.parts.sync.pull(conversationId);
    // Nobody reads the log of what they never accepted.
    await this.parts.book.refresh(conversationId);
  }

  private async accepted(conversationId: string): Promise<void> {
    await this.parts.account.relay.call((api) =>
      api.POST('/v1/conversations/{id}/accept', { params: { path: { id: conversationId } } }),
    );
    await this.parts.book.refresh(conversationId);
    await this.parts.sync.syncAll();
  }

  private async begin(conversationId: string, people: readonly Person[], delta: RosterDelta): Promise<void> {
    const { founder, sync } = this.parts;
    // Both may begin a direct conversation at once: the other one's welcome is on its way then.
    if (!(await founder.begin(conversationId, 1, { people, delta }))) await sync.syncAll();
  }

  private async people(usernames: readonly string[]): Promise<Person[]> {
    const people: Person[] = [];
    for (const username of new Set(usernames)) {
      const { accountId } = await this.parts.account.relay.call((api) =>
        api.GET('/v1/users/{username}', { params: { path: { username } } }),
      );
      people.push({ accountId, username });
    }
    return people;
  }

  private async record(conversationId: string): Promise<ConversationRecord> {
    const record = await this.parts.book.get(conversationId);
    if (record === undefined)
      throw new GroupError('unknown_conversation', 'There is no such conversation on this device.');
    return record;
  }
}

/** As a commit says them: by ascending id. */
function idsOf(people: readonly { readonly accountId: string }[]): string[] {
  return people.map(({ accountId }) => accountId).sort();
}

function byAccount(one: { readonly accountId: string }, other: { readonly accountId: string }): number {
  return one.accountId < other.accountId ? -1 : 1;
}
