import { canonicalBytes, readCanonicalBytes, readText, readWhole } from '../canonical.js';
import { LIMITS } from '../limits.js';
import { readUuid } from './mls-names.js';

/** What a commit makes of the roster, beside the leaves that its proposals add and remove. */
export interface RosterDelta {
  /** Accounts that join, by ascending id. */
  readonly added: readonly string[];
  /** Accounts that leave, by ascending id. */
  readonly removed: readonly string[];
  /** Who has another role from now on, by ascending id; joining as anything but `member` counts. */
  readonly roles: readonly RoleChange[];
}

export interface RoleChange {
  /** UUID. */
  readonly accountId: string;
  readonly role: CommitRole;
}

const ROLES = ['owner', 'admin', 'member'] as const;
type CommitRole = (typeof ROLES)[number];

/** What a commit says about its place and about the roster, under its sender's signature. */
export interface CommitContext {
  /** UUID. */
  readonly conversationId: string;
  /** Id of the entry, a UUID: a retry carries the same. */
  readonly commitId: string;
  readonly delta: RosterDelta;
}

const LABEL = 'sealpost commit 1';

/**
 * The `authenticated_data` of a commit (RFC 9420 §6): the relay applies the roster it announces, and members hold it
 * against the proposals. Generation and epoch stand in the frame beside it.
 */
export function commitContextBytes({ conversationId, commitId, delta }: CommitContext): Uint8Array<ArrayBuffer> {
  const { added, removed, roles } = delta;
  return canonicalBytes(LABEL, [
    conversationId,
    commitId,
    added.length,
    ...added,
    removed.length,
    ...removed,
    roles.length,
    ...roles.flatMap(({ accountId, role }) => [accountId, role]),
  ]);
}

/**
 * @returns undefined for whatever {@link commitContextBytes} does not write of lists in ascending order, of at most
 *   `LIMITS.membersPerRequest` accounts each.
 */
export function readCommitContext(bytes: Uint8Array): CommitContext | undefined {
  const fields = new Fields(readCanonicalBytes(LABEL, bytes) ?? []);
  const [conversationId, commitId] = [fields.uuid(), fields.uuid()];
  const added = fields.list(() => fields.uuid());
  const removed = fields.list(() => fields.uuid());
  const roles = fields.list(() => fields.roleChange());
  if (!fields.isDone || !conversationId || !commitId || !added || !removed || !roles) return undefined;
  if (![added, removed, roles.map(({ accountId }) => accountId)].every(isAscending)) return undefined;
  return { conversationId, commitId, delta: { added, removed, roles } };
}

function isAscending(ids: readonly string[]): boolean {
  return ids.every((id, index) => index === 0 || (ids[index - 1] ?? '') < id);
}

/** Fields, one after the other. What is missing, or of another form, is undefined. */
class Fields {
  private next = 0;

  constructor(private readonly fields: readonly Uint8Array[]) {}

  get isDone(): boolean {
    return this.next === this.fields.length;
  }

  uuid(): string | undefined {
    const field = this.field();
    return field && readUuid(field);
  }

  roleChange(): RoleChange | undefined {
    const accountId = this.uuid();
    const field = this.field();
    const role = field && ROLES.find((known) => known === readText(field));
    return accountId === undefined || role === undefined ? undefined : { accountId, role };
  }

  /** As many as the number says that stands first, within bounds: each will be looked up and locked. */
  list<T>(read: () => T | undefined): T[] | undefined {
    const field = this.field();
    const length = field && readWhole(field);
    if (length === undefined || length > Math.min(LIMITS.membersPerRequest, this.fields.length - this.next))
      return undefined;
    const items = Array.from({ length }, read);
    return items.every((item) => item !== undefined) ? items : undefined;
  }

  private field(): Uint8Array | undefined {
    return this.fields[this.next++];
  }
}
