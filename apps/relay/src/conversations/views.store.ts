import { Injectable } from '@nestjs/common';
import type {
  AccountId,
  ConversationId,
  ConversationKind,
  ConversationProtocol,
  MemberRole,
  MemberState,
} from '#protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { ConversationDetails, ConversationView, GroupView, Person, Stay, ViewPosition } from './conversation.js';
import { LeavesStore } from './leaves.store.js';
import { RosterStore } from './roster.store.js';

interface ViewRow {
  readonly id: ConversationId;
  readonly kind: ConversationKind;
  readonly protocol: ConversationProtocol;
  readonly created_at: Date;
  readonly roster_seq: string;
  readonly metadata_seq: string | null;
  readonly expire_after_seconds: number | null;
  readonly erase_delivered: boolean;
  readonly open_state: MemberState | null;
  readonly open_role: MemberRole | null;
  readonly head_seq: string;
  readonly stays: readonly Stay[];
  readonly peer: Person | null;
  readonly inviter: Person | null;
}

interface Selection {
  readonly id?: ConversationId;
  readonly after?: ViewPosition | undefined;
  readonly limit: number;
}

/**
 * Over one account's rows of one conversation: the stays it may read. An invitation opens nothing until it is accepted, and
 * one that was declined never will.
 */
const READABLE_STAYS = `coalesce(
  json_agg(json_build_object('from', m.joined_seq, 'to', m.left_seq) ORDER BY m.joined_seq)
    FILTER (WHERE m.state = 'joined'), '[]')`;

/** Likewise: the last entry it may read, which for an ex-member is the one that ended its last stay. */
const HEAD_SEQ = `CASE WHEN bool_or(m.left_seq IS NULL AND m.state = 'joined') THEN c.last_seq
  ELSE coalesce(max(m.left_seq) FILTER (WHERE m.state = 'joined'), 0) END`;

/**
 * Conversations as one account ($1) sees them. An invitation that was declined is forgotten. Who invited somebody to a
 * group is the sender of the entry that added them; to a direct conversation, the other one.
 */
const VIEWS = `
  WITH mine AS (
    SELECT m.conversation_id, ${HEAD_SEQ} AS head_seq, ${READABLE_STAYS} AS stays,
           max(m.state) FILTER (WHERE m.left_seq IS NULL) AS open_state,
           max(m.role) FILTER (WHERE m.left_seq IS NULL) AS open_role,
           max(m.joined_seq) FILTER (WHERE m.left_seq IS NULL) AS open_from
    FROM members m JOIN conversations c ON c.id = m.conversation_id
    WHERE m.account_id = $1 AND ($2::uuid IS NULL OR m.conversation_id = $2)
    GROUP BY m.conversation_id, c.last_seq
    HAVING bool_or(m.state = 'joined' OR m.left_seq IS NULL)
  )
  SELECT c.id, c.kind, c.protocol, c.created_at, c.roster_seq, c.metadata_seq,
         c.expire_after_seconds, c.erase_delivered, mine.open_state, mine.open_role, mine.head_seq, mine.stays,
         CASE WHEN c.kind = 'direct' THEN (
           SELECT ${personJson('a')} FROM members other JOIN accounts a ON a.id = other.account_id
           WHERE other.conversation_id = c.id AND other.account_id <> $1 LIMIT 1
         ) END AS peer,
         CASE WHEN mine.open_state = 'invited' AND c.kind = 'group' THEN (
           SELECT ${personJson('a')} FROM entries e JOIN accounts a ON a.id = e.sender_account
           WHERE e.conversation_id = c.id AND e.seq = mine.open_from
         ) END AS inviter
  FROM mine JOIN conversations c ON c.id = mine.conversation_id
  WHERE $3::timestamptz IS NULL OR (c.created_at, c.id) < ($3, $4::uuid)
  ORDER BY c.created_at DESC, c.id DESC LIMIT $5`;

/** Reads conversations for whoever is in them, was in them, or is asked to join. */
@Injectable()
export class ViewsStore {
  constructor(
    private readonly database: Database,
    private readonly rosters: RosterStore,
    private readonly leaves: LeavesStore,
  ) {}

  /** One account's conversations, newest first. */
  async list(
    accountId: AccountId,
    page: { readonly after: ViewPosition | undefined; readonly limit: number },
  ): Promise<ConversationView[]> {
    return (await this.select(this.database.manager, accountId, page)).map(viewOf);
  }

  /** One conversation; its roster and metadata only for those inside. */
  async details(accountId: AccountId, id: ConversationId): Promise<ConversationDetails | undefined> {
    // One snapshot, or somebody removed meanwhile could see the roster of those who stayed.
    return this.database.snapshot(async (manager) => {
      const [row] = await this.select(manager, accountId, { id, limit: 1 });
      if (row === undefined) return undefined;
      const view = viewOf(row);
      if (view.standing !== 'joined')
        return { ...view, rosterSeq: null, members: [], metadata: null, group: null, retention: null };
      const members = await this.rosters.members(manager, id);
      const metadata = row.metadata_seq === null ? null : await this.body(manager, id, row.metadata_seq);
      const group = view.protocol === 'mls' ? await this.group(manager, id) : null;
      const retention = { expireAfter: row.expire_after_seconds, afterDelivery: row.erase_delivered };
      return { ...view, rosterSeq: Number(row.roster_seq), members, metadata, group, retention };
    });
  }

  private async select(
    manager: EntityManager,
    accountId: AccountId,
    { id, after, limit }: Selection,
  ): Promise<ViewRow[]> {
    return manager.query<ViewRow[]>(VIEWS, [accountId, id ?? null, after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  private async group(manager: EntityManager, conversationId: ConversationId): Promise<GroupView> {
    const [row] = await manager.query<{ mls_generation: number; epoch: string; min_epoch: string }[]>(
      'SELECT mls_generation, epoch, min_epoch FROM conversations WHERE id = $1',
      [conversationId],
    );
    const { due } = await this.leaves.standing(manager, conversationId);
    return {
      generation: row?.mls_generation ?? 0,
      epoch: Number(row?.epoch ?? 0),
      minEpoch: Number(row?.min_epoch ?? 0),
      due,
    };
  }

  private async body(manager: EntityManager, conversationId: ConversationId, seq: string): Promise<Buffer | null> {
    const [entry] = await manager.query<{ body: Buffer | null }[]>(
      'SELECT body FROM entries WHERE conversation_id = $1 AND seq = $2',
      [conversationId, seq],
    );
    return entry?.body ?? null;
  }
}

function personJson(account: string): string {
  return `json_build_object('accountId', ${account}.id, 'username', ${account}.username, 'displayName', ${account}.display_name)`;
}

function viewOf(row: ViewRow): ConversationView {
  const standing = row.open_state ?? 'left';
  return {
    id: row.id,
    kind: row.kind,
    protocol: row.protocol,
    createdAt: row.created_at,
    standing,
    role: standing === 'joined' ? row.open_role : null,
    headSeq: Number(row.head_seq),
    stays: row.stays,
    peer: row.peer,
    invitedBy: standing === 'invited' ? (row.inviter ?? row.peer) : null,
  };
}
