import { Injectable } from '@nestjs/common';
import type {
  AccountId,
  ConversationId,
  ConversationKind,
  ConversationProtocol,
  MemberRole,
  MemberState,
  Seq,
} from '#protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import type { ConversationHead, Member } from './conversation.js';
import type { Roster } from './membership-rules.js';

interface HeadRow {
  readonly id: ConversationId;
  readonly kind: ConversationKind;
  readonly protocol: ConversationProtocol;
  readonly last_seq: string;
  readonly roster_seq: string;
  readonly mls_generation: number;
  readonly epoch: string;
}

interface MemberRow {
  readonly account_id: AccountId;
  readonly username: string;
  readonly display_name: string;
  readonly role: MemberRole;
  readonly state: MemberState;
  readonly joined_seq: string;
}

interface RecipientRow {
  readonly roster_seq: string;
  readonly account_id: AccountId | null;
  readonly joined_seq: string | null;
}

/** Who receives a conversation's entries, as of one change of members. */
export interface Recipients {
  readonly rosterSeq: Seq;
  readonly members: readonly { readonly accountId: AccountId; readonly joinedSeq: Seq }[];
}

/** Who is in a conversation right now. */
@Injectable()
export class RosterStore {
  constructor(private readonly database: Database) {}

  /** The joined members in one snapshot; none, when the conversation does not exist. */
  async recipients(conversationId: ConversationId): Promise<Recipients> {
    const rows = await this.database.query<RecipientRow>(
      `SELECT c.roster_seq, m.account_id, m.joined_seq FROM conversations c
       LEFT JOIN members m ON m.conversation_id = c.id AND m.left_seq IS NULL AND m.state = 'joined'
       WHERE c.id = $1`,
      [conversationId],
    );
    const members = rows.flatMap(({ account_id: accountId, joined_seq: joinedSeq }) =>
      accountId === null ? [] : [{ accountId, joinedSeq: Number(joinedSeq) }],
    );
    return { rosterSeq: Number(rows[0]?.roster_seq ?? 0), members };
  }

  /**
   * Locks a conversation, then looks who is in it: in one statement the members could be those from before whoever held
   * the lock until now.
   */
  async lock(manager: EntityManager, conversationId: ConversationId): Promise<Roster | undefined> {
    const [head] = await manager.query<HeadRow[]>(
      `SELECT id, kind, protocol, last_seq, roster_seq, mls_generation, epoch
       FROM conversations WHERE id = $1 FOR NO KEY UPDATE`,
      [conversationId],
    );
    if (head === undefined) return undefined;
    return { head: headOf(head), members: await this.members(manager, conversationId) };
  }

  /** Those with an open stay, in the order in which they came. */
  async members(manager: EntityManager, conversationId: ConversationId): Promise<Member[]> {
    const rows = await manager.query<MemberRow[]>(
      `SELECT m.account_id, a.username, a.display_name, m.role, m.state, m.joined_seq
       FROM members m JOIN accounts a ON a.id = m.account_id
       WHERE m.conversation_id = $1 AND m.left_seq IS NULL ORDER BY m.joined_seq, a.username`,
      [conversationId],
    );
    return rows.map((row) => ({
      accountId: row.account_id,
      username: row.username,
      displayName: row.display_name,
      role: row.role,
      state: row.state,
      joinedSeq: Number(row.joined_seq),
    }));
  }
}

function headOf(row: HeadRow): ConversationHead {
  return {
    id: row.id,
    kind: row.kind,
    protocol: row.protocol,
    lastSeq: Number(row.last_seq),
    rosterSeq: Number(row.roster_seq),
    group: { generation: row.mls_generation, epoch: Number(row.epoch) },
  };
}
