import { decodeBase64Url, encodeBase64Url, type Judge, MlsError, type MlsGroup, type OwnCommit } from '#crypto';
import { type CommitContext, commitContextBytes, DURATIONS, type RosterDelta } from '#protocol';
import { v7 } from 'uuid';
import type { OpenAccount } from '../account/open-account.js';
import { type ConversationRecord, CONVERSATIONS } from '../conversations/conversation-record.js';
import { isRefusal, isRetryable } from '../relay/relay.errors.js';
import type { Lanes } from '../sync/lanes.js';
import type { GroupShelf } from './group-shelf.js';
import { GroupError } from './groups.errors.js';
import { type PendingCommit, PENDING_COMMITS, pendingCommitKey } from './pending-commit.js';

/** What a commit is to do; with nothing of it, it gives this device new keys. */
export interface CommitPlan {
  /** Key packages, as they were claimed. */
  readonly add?: readonly Uint8Array[];
  /** Indexes of leaves. */
  readonly remove?: readonly number[];
  readonly delta?: RosterDelta;
}

/** Looks at a group as it is, and says what is to be done; undefined when nothing is. Asked again when others were faster. */
export type Planner = (group: MlsGroup, record: ConversationRecord) => Promise<CommitPlan | undefined>;

interface Following {
  /** Brings the log of a conversation up to its head. */
  pull(conversationId: string): Promise<void>;
}

/** Others may commit as often before this device gives up: each time it looks again whether there is anything left to do. */
const MOST_ATTEMPTS = 10;
export const NO_CHANGE: RosterDelta = { added: [], removed: [], roles: [] };

/**
 * Makes the commits of this device, each of which may be overtaken by another member's. In a conversation there is one at a time,
 * from its making until its outcome is known: the relay may have taken it, and only this device has the group that it makes.
 */
export class Committer {
  constructor(
    private readonly account: OpenAccount,
    private readonly shelf: GroupShelf,
    private readonly judge: Judge,
    private readonly following: Following,
    private readonly lanes: Lanes,
    private readonly nowMs: () => number,
  ) {}

  /**
   * Does what the planner says, once the group is as far as its log.
   * @throws {RelayRefusal} when the relay refuses, {RelayUnreachableError} when it cannot be reached: the commit is sent again
   * by {@link resume}. @throws {GroupError} `busy` when others were faster again and again.
   */
  async commit(conversationId: string, plan: Planner): Promise<void> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++)
      if (await this.oneAtATime(conversationId, () => this.attempt(conversationId, plan))) return;
    throw new GroupError('busy', 'Others change the group faster than this device can.');
  }

  /** @returns whether nothing is left to do. */
  private async attempt(conversationId: string, plan: Planner): Promise<boolean> {
    await this.resend(conversationId);
    await this.following.pull(conversationId);
    if ((await this.pendingIn(conversationId)) !== undefined)
      throw new GroupError('busy', 'The log does not have a commit of this device yet that the relay has taken.');
    const made = await this.make(conversationId, plan);
    return made === undefined || this.send(conversationId, made);
  }

  /** Begins a group of this device and what the plan adds. @returns whether it is the group: somebody else may have begun one. */
  async begin(conversationId: string, generation: number, plan: CommitPlan): Promise<boolean> {
    const nowSeconds = Math.floor(this.nowMs() / 1000);
    const lifetime = { notBefore: nowSeconds, notAfter: nowSeconds + DURATIONS.keyPackageSeconds };
    const group = await this.account.engine.createGroup({ conversationId, generation }, lifetime);
    return this.oneAtATime(conversationId, async () => {
      const pending = await this.lanes.run(conversationId, () => this.store(conversationId, group, plan));
      return this.send(conversationId, pending);
    });
  }

  /**
   * Takes this device's place in a group again whose state is lost. @returns whether it has it.
   * @throws {MlsError} `epoch_passed` or `not_allowed` when the relay offers a group that cannot be the one it is now, and as
   * `MlsEngine.rejoin` does.
   */
  rejoin(conversationId: string): Promise<boolean> {
    return this.oneAtATime(conversationId, async () => {
      await this.resend(conversationId);
      return this.comeIn(conversationId);
    });
  }

  private async comeIn(conversationId: string): Promise<boolean> {
    const { relay, engine } = this.account;
    const path = { id: conversationId };
    const { groupInfo } = await relay.call((api) => api.GET('/v1/conversations/{id}/group-info', { params: { path } }));
    const context = { conversationId, commitId: v7(), delta: NO_CHANGE };
    const own = await engine.rejoin(decodeBase64Url(groupInfo), {
      conversationId,
      judge: this.judge,
      authenticatedData: commitContextBytes(context),
    });
    await this.demandGoneOn(conversationId, own.group);
    const pending = await this.lanes.run(conversationId, () => this.keep(conversationId, context, own));
    return this.send(conversationId, pending);
  }

  /**
   * What the relay calls the newest group may be an old one, whose keys somebody has who was removed since; or one into which
   * somebody was brought by a commit that this device has refused.
   */
  private async demandGoneOn(conversationId: string, group: MlsGroup): Promise<void> {
    const before = await this.shelf.get(conversationId);
    const stored = await this.account.store.get(CONVERSATIONS, conversationId);
    if (before !== undefined && isBehind(group, before))
      throw new MlsError('epoch_passed', 'The relay offers a group that this device has left behind.');
    const present = [...(before?.members() ?? []).map(({ identity }) => identity), ...(stored?.record.members ?? [])];
    const known = new Set(present.map(({ accountId }) => accountId));
    if (!group.members().every(({ identity }) => known.has(identity.accountId)))
      throw new MlsError('not_allowed', 'Somebody is in the group who is no member as far as this device knows.');
  }

  /** Sends a commit again of which it is not known whether the relay has it. */
  resume(conversationId: string): Promise<void> {
    return this.oneAtATime(conversationId, () => this.resend(conversationId));
  }

  private async resend(conversationId: string): Promise<void> {
    const pending = await this.pendingIn(conversationId);
    if (pending !== undefined) await this.send(conversationId, pending);
  }

  private async pendingIn(conversationId: string): Promise<PendingCommit | undefined> {
    return (await this.account.store.get(PENDING_COMMITS, pendingCommitKey(conversationId)))?.record;
  }

  /** Not the lane of the log itself, which goes on meanwhile. */
  private oneAtATime<T>(conversationId: string, work: () => Promise<T>): Promise<T> {
    return this.lanes.run(`commit ${conversationId}`, work);
  }

  /** Nothing comes in between: the commit is of the group as it is stored. */
  private make(conversationId: string, plan: Planner): Promise<PendingCommit | undefined> {
    return this.lanes.run(conversationId, async () => {
      const group = await this.shelf.get(conversationId);
      const stored = await this.account.store.get(CONVERSATIONS, conversationId);
      if (group === undefined || stored === undefined)
        throw new GroupError('not_in_group', 'This device is in no group.');
      const planned = await plan(group, stored.record);
      return planned && this.store(conversationId, group, planned);
    });
  }

  private async store(conversationId: string, group: MlsGroup, plan: CommitPlan): Promise<PendingCommit> {
    const { add = [], remove = [], delta = NO_CHANGE } = plan;
    const context = { conversationId, commitId: v7(), delta };
    const own = await this.account.engine.commit(group, {
      add,
      remove,
      authenticatedData: commitContextBytes(context),
      judge: this.judge,
      nowSeconds: this.nowMs() / 1000,
    });
    return this.keep(conversationId, context, own);
  }

  /** Before it leaves: whatever happens, the group that it makes is not lost. */
  private async keep(conversationId: string, context: CommitContext, own: OwnCommit): Promise<PendingCommit> {
    const pending: PendingCommit = {
      context,
      generation: own.group.name.generation,
      epoch: own.group.epoch - 1,
      commit: own.commit,
      welcome: own.welcome,
      groupInfo: own.groupInfo,
      parts: [...own.group.parts()],
    };
    const key = pendingCommitKey(conversationId);
    const before = await this.account.store.get(PENDING_COMMITS, key);
    await this.account.store.write({ put: [PENDING_COMMITS.put(key, pending, before?.version)] });
    return pending;
  }

  /** @returns whether it was taken; the log has it then, and this device has followed it. */
  private async send(conversationId: string, pending: PendingCommit): Promise<boolean> {
    const body = {
      id: pending.context.commitId,
      commit: encodeBase64Url(pending.commit),
      groupInfo: encodeBase64Url(pending.groupInfo),
      ...(pending.welcome === undefined ? {} : { welcome: encodeBase64Url(pending.welcome) }),
    };
    try {
      const path = { id: conversationId };
      await this.account.relay.call((api) => api.POST('/v1/conversations/{id}/commits', { params: { path }, body }));
    } catch (error) {
      // Whether it was taken is not known, or it may be taken later.
      if (isRetryable(error)) throw error;
      await this.drop(conversationId, pending);
      // Others were faster, or somebody has gone who has to be taken out first: it is thought over.
      if (isRefusal(error, 'stale_epoch', 'removal_pending')) return false;
      throw error;
    }
    await this.following.pull(conversationId);
    return true;
  }

  private async drop(conversationId: string, { context }: PendingCommit): Promise<void> {
    await this.lanes.run(conversationId, async () => {
      const key = pendingCommitKey(conversationId);
      const stored = await this.account.store.get(PENDING_COMMITS, key);
      if (stored?.record.context.commitId !== context.commitId) return;
      await this.account.store.write({ delete: [{ table: PENDING_COMMITS.table, key }] });
    });
  }
}

/** Whether a group that this device has just committed to was, before that, of an earlier moment than another. */
function isBehind({ name, epoch }: MlsGroup, other: MlsGroup): boolean {
  const { generation } = other.name;
  return name.generation < generation || (name.generation === generation && epoch <= other.epoch);
}
