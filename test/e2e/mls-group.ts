import type { DeviceIdentity, GroupPlace, RosterDelta } from '#protocol';
import type { Reply, TestUser } from '#testing';
import { v7 } from 'uuid';
import { commitFrame, type ConversationCommit, groupInfoFrame, messageFrame, welcomeFrame } from './mls-frames.js';

/** What a commit does beside going on to the next epoch. */
export interface Doing {
  readonly id?: string;
  readonly add?: readonly TestUser[];
  /** Indexes of leaves. */
  readonly remove?: readonly number[];
  /** Accounts that join and leave, and roles. */
  readonly joining?: readonly TestUser[];
  readonly leaving?: readonly TestUser[];
  readonly roles?: RosterDelta['roles'];
  /** From where the committer commits, if not from leaf 0. */
  readonly from?: number | 'outside';
  readonly at?: GroupPlace;
}

interface CommitRequest {
  readonly id: string;
  readonly commit: string;
  readonly groupInfo: string;
  readonly welcome?: string;
}

/** A conversation's MLS group as far as the relay sees it: frames of the right form, made by nobody's keys. */
export class MlsGroup {
  generation = 1;
  epoch = 0;

  private constructor(readonly id: string) {}

  /** A group of one, its first epoch begun. */
  static async of(owner: TestUser): Promise<MlsGroup> {
    const { body } = await owner.request('POST', '/conversations', { kind: 'group', protocol: 'mls', members: [] });
    return new MlsGroup(body.id).begun(owner);
  }

  static async direct(one: TestUser, other: TestUser): Promise<MlsGroup> {
    const request = { kind: 'direct', protocol: 'mls', with: other.username };
    const { body } = await one.request('POST', '/conversations', request);
    return new MlsGroup(body.id).begun(one);
  }

  /** A group that somebody owns, with others in it, the first device of each: leaves 1, 2, 3 …. */
  static async with(owner: TestUser, ...others: TestUser[]): Promise<MlsGroup> {
    const group = await MlsGroup.of(owner);
    await group.done(owner, { add: others, joining: others });
    return group;
  }

  /** Sends a commit, and goes on with it if it is taken. */
  async commit(by: TestUser, doing: Doing = {}): Promise<Reply> {
    const reply = await by.request('POST', `/conversations/${this.id}/commits`, this.request(by, doing));
    if (reply.status === 201) ({ generation: this.generation, epoch: this.epoch } = reply.body);
    return reply;
  }

  /** Like `commit`, of one that has to be taken. */
  async done(by: TestUser, doing: Doing = {}): Promise<Reply> {
    const reply = await this.commit(by, doing);
    if (reply.status !== 201) throw new Error(`the commit was refused: ${JSON.stringify(reply.body)}`);
    return reply;
  }

  request(by: TestUser, doing: Doing = {}): CommitRequest {
    const draft = this.draft(by, doing);
    const { conversationId, generation, epoch } = draft;
    const welcomed = draft.added?.length ?? 0;
    return {
      id: draft.id,
      commit: commitFrame(draft),
      groupInfo: groupInfoFrame({ conversationId, generation, epoch: epoch + 1 }),
      ...(welcomed === 0 ? {} : { welcome: welcomeFrame(welcomed) }),
    };
  }

  draft(by: TestUser, doing: Doing): ConversationCommit {
    const { id = v7(), add = [], remove = [], joining = [], leaving = [], roles = [], from = 0, at = this } = doing;
    return {
      id,
      conversationId: this.id,
      generation: at.generation,
      epoch: at.epoch,
      committer: identityOf(by),
      senderLeaf: from === 'outside' ? undefined : from,
      added: add.map(identityOf),
      removed: remove,
      delta: { added: idsOf(joining), removed: idsOf(leaving), roles },
    };
  }

  /** Sends a message, of the current epoch unless stated. */
  async send(by: TestUser, at: GroupPlace = this): Promise<Reply> {
    return by.request('POST', `/conversations/${this.id}/messages`, this.message(by, at));
  }

  message(by: TestUser, { generation, epoch }: GroupPlace = this): { id: string; ciphertext: string } {
    const id = v7();
    const frame = { conversationId: this.id, generation, epoch, senderDeviceId: by.deviceId, messageId: id };
    return { id, ciphertext: messageFrame(frame) };
  }

  async seenBy(user: TestUser): Promise<Reply['body']> {
    return (await user.request('GET', `/conversations/${this.id}`)).body;
  }

  private async begun(owner: TestUser): Promise<this> {
    await this.done(owner);
    return this;
  }
}

export async function welcomesOf(user: TestUser): Promise<{ id: string; conversationId: string; welcome: string }[]> {
  return (await user.request('GET', '/welcomes')).body.items;
}

function identityOf({ accountId, deviceId }: TestUser): DeviceIdentity {
  return { accountId, deviceId };
}

function idsOf(users: readonly TestUser[]): string[] {
  return users.map(({ accountId }) => accountId).sort();
}
