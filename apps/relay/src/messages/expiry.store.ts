import { Injectable } from '@nestjs/common';
import { type ConversationId, DURATIONS, type Seq } from '#protocol';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';

interface ErasedRow {
  readonly conversation_id: ConversationId;
  readonly seq: string;
}

/** Erases entries whose time is over. */
@Injectable()
export class ExpiryStore {
  constructor(private readonly database: Database) {}

  /**
   * Erases the bodies of expired entries and records the gaps they leave. The id and its sender stay for the retry horizon,
   * so that a late repeat is still recognised as one. Returns how many were erased.
   */
  async eraseBodies(at: Date, limit: number): Promise<number> {
    return this.database.transaction(async (manager) => {
      // TypeORM answers an UPDATE with a pair of rows and count, a SELECT with rows: the CTE makes it a SELECT.
      const rows = await manager.query<ErasedRow[]>(
        `WITH expired AS (
           SELECT conversation_id, seq FROM entries WHERE expires_at <= $1 AND body IS NOT NULL
           ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
         ), erased AS (
           UPDATE entries e SET body = NULL FROM expired x
           WHERE e.conversation_id = x.conversation_id AND e.seq = x.seq RETURNING e.conversation_id, e.seq
         )
         SELECT * FROM erased ORDER BY conversation_id, seq`,
        [at, limit],
      );
      for (const range of mergeRuns(rows)) await this.recordGap(manager, range);
      return rows.length;
    });
  }

  /** Forgets entries whose id no retry can still carry; their place is a gap already. */
  async forget(at: Date, limit: number): Promise<number> {
    const horizon = new Date(at.getTime() - DURATIONS.retryHorizonSeconds * 1000);
    const rows = await this.database.query<{ seq: string }>(
      `WITH old AS (
         SELECT conversation_id, seq FROM entries WHERE expires_at <= $1 AND body IS NULL ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       ), gone AS (
         DELETE FROM entries e USING old WHERE e.conversation_id = old.conversation_id AND e.seq = old.seq RETURNING e.seq
       )
       SELECT seq FROM gone`,
      [horizon, limit],
    );
    return rows.length;
  }

  /** Records a gap, merged with the ones it touches. */
  private async recordGap(manager: EntityManager, { conversationId, from, to }: Run): Promise<void> {
    // One writer of gaps per conversation at a time, or two merges could each miss the other's.
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))', [conversationId]);
    await manager.query(
      `WITH touching AS (
         DELETE FROM gaps WHERE conversation_id = $1 AND reason = 'expired' AND from_seq <= $3 + 1 AND to_seq >= $2 - 1 RETURNING from_seq, to_seq
       )
       INSERT INTO gaps (conversation_id, from_seq, to_seq, reason)
       SELECT $1, least($2, min(from_seq)), greatest($3, max(to_seq)), 'expired' FROM touching
       ON CONFLICT (conversation_id, from_seq) DO UPDATE SET to_seq = excluded.to_seq`,
      [conversationId, from, to],
    );
  }
}

interface Run {
  readonly conversationId: ConversationId;
  readonly from: Seq;
  readonly to: Seq;
}

/** Neighbouring positions as one run; the rows come in order. */
function mergeRuns(rows: readonly ErasedRow[]): Run[] {
  const runs: Run[] = [];
  for (const { conversation_id: conversationId, seq: text } of rows) {
    const seq = Number(text);
    const last = runs.at(-1);
    if (last?.conversationId === conversationId && last.to + 1 === seq) runs[runs.length - 1] = { ...last, to: seq };
    else runs.push({ conversationId, from: seq, to: seq });
  }
  return runs;
}
