import { Injectable } from '@nestjs/common';
import { type ConversationId, DURATIONS, type Seq } from '#protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { JanitorTurnsStore } from './janitor-turns.store.js';

interface ErasedRow {
  readonly conversation_id: ConversationId;
  readonly seq: string;
}

interface Run {
  readonly conversationId: ConversationId;
  readonly from: Seq;
  readonly to: Seq;
}

type GapReason = 'expired' | 'delivered';

/** Some conversations, and from when on their messages stay. */
export interface Stretch {
  readonly conversations: readonly ConversationId[];
  readonly before: Date;
  readonly at: Date;
}

/**
 * Erases the bodies of entries, which come as rows of `conversation_id` and `seq`. TypeORM answers an UPDATE with a pair of rows and
 * count, a SELECT with rows: the CTE makes it a SELECT.
 */
function erasing(due: string): string {
  return `WITH due AS (${due}), erased AS (
      UPDATE entries e SET body = NULL, expires_at = least(e.expires_at, $1) FROM due
      WHERE e.conversation_id = due.conversation_id AND e.seq = due.seq RETURNING e.conversation_id, e.seq
    )
    SELECT * FROM erased ORDER BY conversation_id, seq`;
}

const MESSAGES = 'FROM entries x WHERE x.conversation_id = c.id AND x.kind = 0 AND x.body IS NOT NULL';

/**
 * The oldest messages of each conversation `c`, up to `$4`, that are from before `$3`. No index leads to them, and none has to be
 * written for them when somebody sends: they are at the beginning of a log, and of most logs the first one says that none is due.
 */
function oldest(upTo: string): string {
  return `CROSS JOIN LATERAL (SELECT x.created_at ${MESSAGES} ${upTo} ORDER BY x.seq LIMIT 1) o
    CROSS JOIN LATERAL (
      SELECT x.conversation_id, x.seq, x.created_at ${MESSAGES} ${upTo} AND o.created_at <= $3 ORDER BY x.seq LIMIT $4
    ) e
    WHERE e.created_at <= $3 LIMIT $4`;
}

/** Up to where every device of every member has stored a log. Nobody needs what was written before they came. */
const STORED_BY_ALL = `SELECT min(greatest(coalesce(s.seq, 0), m.joined_seq - 1)) FROM members m
  LEFT JOIN devices d ON d.account_id = m.account_id AND d.revoked_at IS NULL
  LEFT JOIN cursors s ON s.device_id = d.id AND s.conversation_id = c.id
  WHERE m.conversation_id = c.id AND m.left_seq IS NULL`;

const ERASE_EXPIRED = erasing(
  `SELECT conversation_id, seq FROM entries WHERE expires_at <= $2 AND body IS NOT NULL
   ORDER BY expires_at LIMIT $3 FOR UPDATE SKIP LOCKED`,
);
const ERASE_AGED = erasing(`SELECT e.conversation_id, e.seq FROM unnest($2::uuid[]) AS c (id) ${oldest('')}`);
const ERASE_DELIVERED = erasing(
  `SELECT e.conversation_id, e.seq FROM (
     SELECT c.id, (${STORED_BY_ALL}) AS stored FROM conversations c
     WHERE c.id = ANY ($2) AND ($5 OR c.erase_delivered) OFFSET 0
   ) c ${oldest('AND x.seq <= c.stored')}`,
);

/**
 * Erases entries, a bounded batch in each transaction, one janitor at a time: while another one has its turn, the answer is
 * undefined. No conversation is locked, so nobody who sends waits for it.
 */
@Injectable()
export class ErasuresStore {
  constructor(
    private readonly database: Database,
    private readonly turns: JanitorTurnsStore,
  ) {}

  /** Erases what has lived as long as it was to. Returns how many were erased. */
  async eraseExpired(at: Date, limit: number): Promise<number | undefined> {
    return this.erase('expired', (manager) => manager.query(ERASE_EXPIRED, [at, at, limit]));
  }

  /** Erases messages of the conversations from before a time, however long they were to live. */
  async eraseAged({ conversations, before, at }: Stretch, limit: number): Promise<number | undefined> {
    return this.erase('expired', (manager) => manager.query(ERASE_AGED, [at, conversations, before, limit]));
  }

  /** Erases messages from before a time that every device of every member has stored, where members want that or everywhere. */
  async eraseDelivered(
    { conversations, before, at }: Stretch,
    { everywhere, limit }: { readonly everywhere: boolean; readonly limit: number },
  ): Promise<number | undefined> {
    return this.erase('delivered', (manager) =>
      manager.query(ERASE_DELIVERED, [at, conversations, before, limit, everywhere]),
    );
  }

  /** Conversations behind one, by id: all, or those whose members want what is delivered to be erased. */
  async conversationsAfter(
    id: ConversationId | undefined,
    which: { readonly all: boolean; readonly limit: number },
  ): Promise<ConversationId[]> {
    const rows = await this.database.query<{ id: ConversationId }>(
      `SELECT id FROM conversations WHERE ($1::uuid IS NULL OR id > $1) ${which.all ? '' : 'AND erase_delivered'}
       ORDER BY id LIMIT $2`,
      [id ?? null, which.limit],
    );
    return rows.map((row) => row.id);
  }

  /** Forgets entries whose id no retry can still carry; their place is a gap already. */
  async forget(at: Date, limit: number): Promise<number | undefined> {
    const horizon = new Date(at.getTime() - DURATIONS.retryHorizonSeconds * 1000);
    return this.turns.take(async (manager) => {
      const rows = await manager.query<unknown[]>(
        `WITH old AS (
           SELECT conversation_id, seq FROM entries WHERE expires_at <= $1 AND body IS NULL ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
         ), gone AS (
           DELETE FROM entries e USING old WHERE e.conversation_id = old.conversation_id AND e.seq = old.seq RETURNING e.seq
         )
         SELECT seq FROM gone`,
        [horizon, limit],
      );
      return rows.length;
    });
  }

  /**
   * Erases bodies and records the gaps they leave. The id and its sender stay for the retry horizon, so that a late repeat is
   * still recognised as one.
   */
  private async erase(
    reason: GapReason,
    eraseBodies: (manager: EntityManager) => Promise<readonly ErasedRow[]>,
  ): Promise<number | undefined> {
    return this.turns.take(async (manager) => {
      const rows = await eraseBodies(manager);
      if (rows.length > 0) await recordGaps(manager, mergedRuns(rows), reason);
      return rows.length;
    });
  }
}

/** Records gaps, each merged with those of the same reason that it touches. */
async function recordGaps(manager: EntityManager, runs: readonly Run[], reason: GapReason): Promise<void> {
  await manager.query(
    `WITH runs AS (
       SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS r (conversation_id, from_seq, to_seq)
     ), touching AS (
       DELETE FROM gaps g USING runs r
       WHERE g.conversation_id = r.conversation_id AND g.reason = $4 AND g.from_seq <= r.to_seq + 1 AND g.to_seq >= r.from_seq - 1
       RETURNING g.conversation_id, g.from_seq, g.to_seq
     ), parts AS (
       SELECT p.*, p.from_seq > 1 + max(p.to_seq) OVER (
         PARTITION BY p.conversation_id ORDER BY p.from_seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
       ) AS is_apart
       FROM (SELECT * FROM runs UNION SELECT * FROM touching) p
     ), islands AS (
       SELECT *, count(*) FILTER (WHERE is_apart) OVER (PARTITION BY conversation_id ORDER BY from_seq) AS island FROM parts
     )
     INSERT INTO gaps (conversation_id, from_seq, to_seq, reason)
     SELECT conversation_id, min(from_seq), max(to_seq), $4 FROM islands GROUP BY conversation_id, island
     ON CONFLICT (conversation_id, from_seq) DO UPDATE SET to_seq = greatest(gaps.to_seq, excluded.to_seq)`,
    [runs.map(({ conversationId }) => conversationId), runs.map(({ from }) => from), runs.map(({ to }) => to), reason],
  );
}

/** Neighbouring positions as one run; the rows come in order. */
function mergedRuns(rows: readonly ErasedRow[]): Run[] {
  const runs: Run[] = [];
  for (const { conversation_id: conversationId, seq: text } of rows) {
    const seq = Number(text);
    const last = runs.at(-1);
    if (last?.conversationId === conversationId && last.to + 1 === seq) runs[runs.length - 1] = { ...last, to: seq };
    else runs.push({ conversationId, from: seq, to: seq });
  }
  return runs;
}
