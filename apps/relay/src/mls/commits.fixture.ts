import type { AccountId, CommitHeader, ConversationId, DeviceId, EntryId, RosterDelta, SessionId } from '#protocol';
import type { Leaf, Member, Roster } from '../conversations/index.js';
import type { Caller } from '../platform/http/caller.js';
import type { Commit } from './commit.js';

const NO_DELTA: RosterDelta = { added: [], removed: [], roles: [] };

/** A leaf of somebody's first device, or of another one. */
export function leafOf(name: string, leaf: number, device = 'first'): Leaf {
  return { leaf, accountId: name as AccountId, deviceId: `${name}-${device}` as DeviceId };
}

export function callerNamed(name: string, device = 'first'): Caller {
  const { accountId, deviceId } = leafOf(name, 0, device);
  return { accountId, deviceId, username: name, sessionId: `session-of-${name}` as SessionId };
}

/** Usernames are the account ids, for short. */
export function memberNamed(name: string, role: Member['role'] = 'member'): Member {
  return { accountId: name as AccountId, username: name, displayName: name, role, state: 'joined', joinedSeq: 1 };
}

export function rosterOf(...members: Member[]): Roster {
  const id = 'conversation' as ConversationId;
  const group = { generation: 1, epoch: 5 };
  return { head: { id, kind: 'group', protocol: 'mls', lastSeq: 9, rosterSeq: 9, group }, members };
}

/** What a commit says, if it is not what every one here says: by ada's first device, from leaf 0, in the current epoch. */
export interface Saying {
  readonly by?: Caller;
  readonly senderLeaf?: number | 'outside';
  readonly added?: readonly Leaf[];
  readonly removed?: readonly number[];
  readonly at?: { readonly generation: number; readonly epoch: number };
  readonly delta?: Partial<RosterDelta>;
}

export function commitSaying({ by = callerNamed('ada'), senderLeaf = 0, ...saying }: Saying = {}): Commit {
  const { added = [], removed = [], at = { generation: 1, epoch: 5 }, delta } = saying;
  const conversationId = 'conversation' as ConversationId;
  const header: CommitHeader = {
    conversationId,
    ...at,
    senderLeaf: senderLeaf === 'outside' ? undefined : senderLeaf,
    authenticatedData: new Uint8Array(),
    added: added.map(keyPackageOf),
    removed,
    leaf: { identity: by, signatureKey: new Uint8Array(32) },
  };
  const nothing = Buffer.alloc(0);
  const upload = { id: 'commit' as EntryId, commit: nothing, welcome: undefined, groupInfo: nothing };
  return { ...upload, conversationId, header, signedFor: conversationId, delta: { ...NO_DELTA, ...delta } };
}

function keyPackageOf(identity: Leaf): CommitHeader['added'][number] {
  const leaf = { identity, signatureKey: new Uint8Array(32) };
  return { suite: 83, leaf, notBefore: 0n, notAfter: 0n };
}
