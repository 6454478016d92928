import { decodeBase64Url, MlsError, type MlsGroup } from '#crypto';
import { type KeyPackageHeader, MalformedMlsError, readKeyPackage } from '#protocol';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationRecord, Member } from '../conversations/conversation-record.js';
import type { LeafChanges } from '../peers/leaf-changes.js';
import type { PeerName } from '../peers/peer.js';
import type { PeerDirectory } from '../peers/peer-directory.js';
import { PeerError } from '../peers/peers.errors.js';
import type { CommitPlan, Committer } from './committer.js';

/** A device gives itself new keys at least so often, while it sends: what leaked before is of no use from then on. */
const UPDATE_AFTER_MS = 7 * 86_400_000;
export const UPDATE_AFTER_MESSAGES = 100;

interface Device {
  readonly accountId: string;
  readonly deviceId: string;
}

interface Tending {
  readonly plan: CommitPlan | undefined;
  /** Devices that are to come in, and cannot yet. */
  readonly missing: number;
}

/** Keeps groups as their members' lists of devices are: new devices come in, and those that are gone go out. */
export class GroupTender {
  constructor(
    private readonly account: OpenAccount,
    private readonly committer: Committer,
    private readonly peers: PeerDirectory,
    private readonly nowMs: () => number,
  ) {}

  /**
   * Whoever sees first that something is due commits it; the others find nothing left to do.
   * @returns whether all are in the group who are to be: a new device may have no key packages yet.
   */
  async tend(conversationId: string): Promise<boolean> {
    let isWhole = true;
    await this.committer.commit(conversationId, async (group, record) => {
      const { plan, missing } = await this.planOf(group, record);
      isWhole = missing === 0;
      return plan;
    });
    return isWhole;
  }

  /**
   * Key packages of devices, by whom they belong to. @param usernames of the accounts.
   * @throws {MlsError} `not_trusted` when the relay hands out others, `malformed`
   */
  async claim(devices: readonly Device[], usernames: ReadonlyMap<string, string>): Promise<Uint8Array[]> {
    const claimed: Uint8Array[] = [];
    for (const [accountId, deviceIds] of byAccount(devices)) {
      const username = usernames.get(accountId);
      if (username === undefined) continue;
      const { keyPackages } = await this.account.relay.call((api) =>
        api.POST('/v1/users/{username}/key-packages/claim', { params: { path: { username } }, body: { deviceIds } }),
      );
      const packages = keyPackages.map(({ body }) => decodeBase64Url(body));
      demandAskedFor(packages.map(headerOf), { accountId, deviceIds });
      claimed.push(...packages);
    }
    return claimed;
  }

  /** Whether it is time for this device to give itself new keys. */
  wantsNewKeys({ sentSinceUpdate, updatedAtMs }: ConversationRecord): boolean {
    if (sentSinceUpdate === 0) return false;
    return sentSinceUpdate >= UPDATE_AFTER_MESSAGES || this.nowMs() - updatedAtMs >= UPDATE_AFTER_MS;
  }

  /** Leaves that have to go: of who is no member any more, and of devices that are on no list. */
  async surplus(group: MlsGroup, record: ConversationRecord): Promise<readonly number[]> {
    return (await this.changesOf(group, record)).remove;
  }

  private async changesOf(group: MlsGroup, record: ConversationRecord): Promise<LeafChanges> {
    const present = new Set(record.members.map(({ accountId }) => accountId));
    const leaves = group.members();
    const gone = leaves.filter(({ identity }) => !present.has(identity.accountId)).map(({ leafIndex }) => leafIndex);
    const { add, remove } = await this.peers.leafChanges(
      leaves,
      await refreshed(this.peers, accountsToTend(group, record)),
    );
    const surplus = [...new Set([...gone, ...remove])].filter((leaf) => leaf !== group.ownLeafIndex);
    return { add, remove: surplus };
  }

  private async planOf(group: MlsGroup, record: ConversationRecord): Promise<Tending> {
    const { remove, add: wanted } = await this.changesOf(group, record);
    const usernames = new Map(record.members.map(({ accountId, username }) => [accountId, username]));
    const add = await this.claim(wanted, usernames);
    const missing = wanted.length - add.length;
    if (add.length + remove.length > 0) return { plan: { add, remove }, missing };
    return { plan: this.wantsNewKeys(record) ? {} : undefined, missing };
  }
}

/** Asks for the newest lists. @returns the accounts that have keys by now: the others have no devices either. */
export async function refreshed(peers: PeerDirectory, people: readonly PeerName[]): Promise<string[]> {
  const known: string[] = [];
  for (const { accountId, username } of people) {
    try {
      await peers.refresh({ accountId, username });
      known.push(accountId);
    } catch (error) {
      if (!(error instanceof PeerError) || error.code !== 'unknown_peer') throw error;
    }
  }
  return known;
}

/**
 * Members who have a device in the group already; of a direct conversation, both. Never somebody of whom only the relay says
 * that they are a member: it could add itself.
 */
function accountsToTend(group: MlsGroup, { kind, members }: ConversationRecord): Member[] {
  const inGroup = new Set(group.members().map(({ identity }) => identity.accountId));
  return members.filter(({ accountId }) => kind === 'direct' || inGroup.has(accountId));
}

function byAccount(devices: readonly Device[]): Map<string, string[]> {
  const accounts = new Map<string, string[]>();
  for (const { accountId, deviceId } of devices)
    accounts.set(accountId, [...(accounts.get(accountId) ?? []), deviceId]);
  return accounts;
}

/** Whoever else a package lets in would be in the group, and nobody asked for them: that their account lists them is not enough. */
function demandAskedFor(
  packages: readonly KeyPackageHeader[],
  { accountId, deviceIds }: { readonly accountId: string; readonly deviceIds: readonly string[] },
): void {
  const isAskedFor = ({ leaf: { identity } }: KeyPackageHeader): boolean =>
    identity.accountId === accountId && deviceIds.includes(identity.deviceId);
  if (!packages.every(isAskedFor))
    throw new MlsError('not_trusted', 'The relay hands out a key package of another device than was asked for.');
}

function headerOf(keyPackage: Uint8Array): KeyPackageHeader {
  try {
    return readKeyPackage(keyPackage);
  } catch (cause) {
    if (cause instanceof MalformedMlsError) throw new MlsError('malformed', 'It is no key package.', { cause });
    throw cause;
  }
}
