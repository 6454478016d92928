import type { MlsGroup } from '#crypto';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationRecord } from '../conversations/conversation-record.js';
import type { PeerName } from '../peers/peer.js';
import type { PeerDirectory } from '../peers/peer-directory.js';
import { type CommitPlan, type Committer, NO_CHANGE } from './committer.js';
import { GroupError } from './groups.errors.js';
import { type GroupTender, refreshed } from './tender.js';

/** More repairs no conversation has behind it. */
const MOST_GENERATIONS = 1_000;

/** Begins groups. */
export class Founder {
  constructor(
    private readonly account: OpenAccount,
    private readonly committer: Committer,
    private readonly tender: GroupTender,
    private readonly peers: PeerDirectory,
  ) {}

  /** The first group of a conversation, or the next one. @returns whether it is the group: somebody else may have begun one. */
  async begin(
    conversationId: string,
    generation: number,
    { people, delta = NO_CHANGE }: { readonly people: readonly PeerName[] } & Pick<CommitPlan, 'delta'>,
  ): Promise<boolean> {
    const { accountId, username } = this.account;
    const everybody = [...people.filter((one) => one.accountId !== accountId), { accountId, username }];
    return this.committer.begin(conversationId, generation, { add: await this.keyPackages(everybody), delta });
  }

  /**
   * Begins anew, with whom this device knows as members: the last way back when nobody can follow the group any more.
   *
   * @param present the group that the relay has. A relay that was restored counts from an earlier one than the devices: each is
   * passed by, so that the new group comes after all that any device has.
   */
  async beginAnew(
    conversationId: string,
    { present, group, ...plan }: { present: number; group: MlsGroup | undefined } & Parameters<Founder['begin']>[2],
  ): Promise<boolean> {
    const generation = Math.max(present, group?.name.generation ?? 0) + 1;
    if (generation - present > MOST_GENERATIONS)
      throw new GroupError('busy', 'The relay has forgotten more groups than there can have been.');
    await this.committer.resume(conversationId);
    for (let next = present + 1; next < generation; next++)
      if (!(await this.committer.begin(conversationId, next, {}))) return false;
    return this.begin(conversationId, generation, plan);
  }

  /** Lets people into a group, from which all go who have no place in it: with them in it the relay lets in nobody. */
  async bringing(
    people: readonly PeerName[],
    group: MlsGroup,
    record: ConversationRecord,
  ): Promise<Required<Pick<CommitPlan, 'add' | 'remove'>>> {
    return { add: await this.keyPackages(people), remove: await this.tender.surplus(group, record) };
  }

  /** Of all devices of some people, but this one. */
  async keyPackages(people: readonly PeerName[]): Promise<Uint8Array[]> {
    const { add } = await this.peers.leafChanges([], await refreshed(this.peers, people));
    const others = add.filter(({ deviceId }) => deviceId !== this.account.deviceId);
    return this.tender.claim(others, new Map(people.map(({ accountId, username }) => [accountId, username])));
  }
}

/** Of whom a group is to be made: all who are in it, as far as this device knows. */
export function peopleOf({ members }: Pick<ConversationRecord, 'members'>): PeerName[] {
  return members.map(({ accountId, username }) => ({ accountId, username }));
}
