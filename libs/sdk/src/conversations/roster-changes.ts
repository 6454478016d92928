import type { MemberRole, MembersChange } from '#protocol';
import { RecordKind, type RecordReader } from '../store/sealed-store.js';
import { sortableNumber, startingWith } from '../store/store.js';
import { versionedCodec } from '../store/versioned-codec.js';

/** Somebody, by the name that they had then. */
export interface NamedAccount {
  readonly accountId: string;
  readonly username: string;
}

/** Something that happened to one person in a conversation, at its place in the log. */
export interface RosterChange extends NamedAccount {
  /** Of the log's entry, which may tell of several people. */
  readonly seq: number;
  readonly atMs: number;
  readonly kind: 'added' | 'removed' | 'left' | 'accepted' | 'role';
  /** Who signed for it; null where nobody did, as when somebody leaves. A group is founded by who is added by themselves. */
  readonly by: NamedAccount | null;
  /** The one that was given. */
  readonly role?: MemberRole;
}

/** By conversation, then position: of one entry. */
export const ROSTER_CHANGES = new RecordKind(
  'settings',
  versionedCodec<{ readonly changes: readonly RosterChange[] }>(1),
);

export function rosterKey(conversationId: string, seq: number): string {
  return `roster/${conversationId}/${sortableNumber(seq)}`;
}

/** More entries than that nobody reads at once. */
const MOST_ENTRIES = 1_000;

/** Positions of a log: from one on, and up to before another. */
export interface LogRange {
  readonly from?: number;
  readonly before?: number;
}

/** What is stored of a part of a log, oldest first: of very many, the newest. */
export async function rosterChangesIn(
  store: RecordReader,
  conversationId: string,
  { from = 0, before }: LogRange,
): Promise<RosterChange[]> {
  const { to = '' } = startingWith(`roster/${conversationId}/`);
  const end = before === undefined ? to : rosterKey(conversationId, before);
  const range = { from: rosterKey(conversationId, from), to: end, limit: MOST_ENTRIES, reverse: true };
  const rows = await store.scan(ROSTER_CHANGES, range);
  return rows.reverse().flatMap(({ record }) => record.changes);
}

interface Said {
  readonly seq: number;
  readonly atMs: number;
  readonly change: MembersChange;
  /** Undefined where nobody signed. */
  readonly by: string | undefined;
  readonly nameOf: (accountId: string) => string;
}

/** What an entry about members means for each of them. */
export function rosterChangesOf({ seq, atMs, change, by, nameOf }: Said): RosterChange[] {
  const { added = [], removed = [], accepted = [], roles = [] } = change;
  const named = (accountId: string): NamedAccount => ({ accountId, username: nameOf(accountId) });
  const signer = by === undefined ? null : named(by);
  const changed = (kind: RosterChange['kind'], accountId: string, who = signer): RosterChange => ({
    ...{ seq, atMs, kind, by: who },
    ...named(accountId),
  });
  return [
    ...added.map(({ accountId }) => changed('added', accountId)),
    ...removed.map(({ accountId }) =>
      by === undefined || by === accountId ? changed('left', accountId, null) : changed('removed', accountId),
    ),
    ...accepted.map((accountId) => changed('accepted', accountId, null)),
    ...roles.map(({ accountId, role }) => ({
      // Whoever leaves gives nobody a role: that is how it is done then.
      ...changed('role', accountId, removed.some((one) => one.accountId === by) ? null : signer),
      role,
    })),
  ];
}
