import { v7 } from 'uuid';
import { encodeBase64Url } from '#crypto';
import { commitContextBytes, type RosterDelta } from '#protocol';
import type { LogEntry } from '../../libs/sdk/src/sync/log-item.js';
import { answering, both, type Lie, lyingAbout, type Person } from './hostile-relay.js';
import type { Meddler } from './sdk-devices.js';

export const NOBODY: RosterDelta = { added: [], removed: [], roles: [] };
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);
const passing: Meddler = (_request, pass) => pass();

/** What a member signs, whatever they may. */
export interface Forgery {
  readonly remove?: readonly Person[];
  readonly add?: readonly Uint8Array[];
  readonly delta?: Partial<RosterDelta>;
  /** Whether the relay calls the group that it makes the newest one. */
  readonly isNewest?: boolean;
}

/** A commit that a member makes as they like, shown by the relay to somebody at the next place of the log. */
export async function shown(
  rogue: Person,
  to: Person,
  id: string,
  { remove = [], add = [], delta, isNewest = false }: Forgery,
  meddler: Meddler = passing,
): Promise<void> {
  const commitId = v7();
  const group = await rogue.group(id);
  const leaving = remove.map(({ account }) => account.accountId);
  const leaves = group.members().filter(({ identity }) => leaving.includes(identity.accountId));
  const { commit, groupInfo } = await rogue.account.engine.commit(group, {
    add,
    remove: leaves.map(({ leafIndex }) => leafIndex),
    authenticatedData: commitContextBytes({ conversationId: id, commitId, delta: { ...NOBODY, ...delta } }),
    judge: () => Promise.resolve(true),
    nowSeconds: nowSeconds(),
  });
  const newest = isNewest
    ? answering('/group-info', (info) => ({ ...info, groupInfo: encodeBase64Url(groupInfo) }))
    : meddler;
  const { accountId, deviceId } = rogue.account;
  const entry = { conversationId: id, id: commitId, kind: 'commit', senderId: accountId, senderDeviceId: deviceId };
  await shownAs({ ...entry, sender: rogue.username, ciphertext: encodeBase64Url(commit) }, to, id, newest);
}

/** An entry at the next place of a log. */
export async function shownAs(
  entry: Omit<LogEntry, 'seq' | 'createdAt'>,
  to: Person,
  id: string,
  meddler: Meddler = passing,
): Promise<void> {
  const lie: Lie = (items, after) =>
    after > cursor || items.length > 0 ? items : [{ ...entry, seq: after + 1, createdAt: new Date().toISOString() }];
  const { head: cursor } = await to.session.conversations.get(id);
  await to.meddling(both(meddler, lyingAbout(id, lie)), () => to.sync());
}
