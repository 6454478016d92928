import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { type EntryRow, toEntry } from '../entries/index.js';
import type { Gap, GapReason, LogRange, StoredSlice } from './log-slice.js';

/** How much of the ranges to read at most. */
export interface SliceLimits {
  /** Entries of each range. */
  readonly entries: number;
  /** Bytes of all ranges together, as JSON; the first entry always fits. */
  readonly bytes: number;
}

interface GapRow {
  readonly conversation_id: ConversationId;
  readonly from_seq: string;
  readonly to_seq: string;
  readonly reason: GapReason;
}

type SliceRow = EntryRow & { readonly part: string; readonly total: string };
type OwnRow = Omit<EntryRow, 'sender_username'> & { readonly used: string; readonly total: string };

/** What was found of one range. */
interface Found {
  readonly rows: readonly OwnRow[];
  readonly gaps: readonly Gap[];
  /** Whether not all of it fitted. */
  readonly isCut: boolean;
}

const NOTHING: Found = { rows: [], gaps: [], isCut: true };

/** A base64url character per 6 bits, and the other fields of an entry. */
const JSON_BYTES = 'coalesce(octet_length(e.body), 0) * 4 / 3 + 400';

/** Reads ranges of logs. */
@Injectable()
export class SlicesStore {
  /** The slices of the ranges, in their order, within whatever snapshot the manager has. */
  async read(manager: EntityManager, ranges: readonly LogRange[], limits: SliceLimits): Promise<StoredSlice[]> {
    if (ranges.length === 0) return [];
    const rows = await this.entryRows(manager, ranges, limits);
    const gaps = await this.gapRows(manager, ranges);
    const cutAt = firstCut(rows, ranges);
    return ranges.map((range, index) => {
      const entries = rows.filter(({ part }) => Number(part) === index + 1).map(toEntry);
      const isWhole = index < cutAt && entries.length < limits.entries;
      return { entries, reached: isWhole ? range.to : (entries.at(-1)?.seq ?? range.after), gaps: gapsOf(gaps, range) };
    });
  }

  /** The running total is taken before bodies are fetched, so what does not fit is never read from disk. */
  private entryRows(manager: EntityManager, ranges: readonly LogRange[], limits: SliceLimits): Promise<SliceRow[]> {
    return manager.query<SliceRow[]>(
      `SELECT p.*, a.username AS sender_username FROM (
         SELECT r.part, e.*, sum(${JSON_BYTES}) OVER (ORDER BY r.part, e.seq) AS used, row_number() OVER (ORDER BY r.part, e.seq) AS nth,
                count(*) OVER () AS total
         FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS r (conversation, after_seq, to_seq, part)
         CROSS JOIN LATERAL (
           SELECT * FROM entries WHERE conversation_id = r.conversation AND seq > r.after_seq AND seq <= r.to_seq ORDER BY seq LIMIT $4
         ) e
       ) p LEFT JOIN accounts a ON a.id = p.sender_account
       WHERE p.used <= $5 OR p.nth = 1
       ORDER BY p.part, p.seq`,
      [
        ranges.map((range) => range.conversationId),
        ranges.map(({ after }) => after),
        ranges.map(({ to }) => to),
        limits.entries,
        limits.bytes,
      ],
    );
  }

  private gapRows(manager: EntityManager, ranges: readonly LogRange[]): Promise<GapRow[]> {
    return manager.query<GapRow[]>(
      `SELECT DISTINCT g.* FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS r (conversation, after_seq, to_seq)
       JOIN gaps g ON g.conversation_id = r.conversation AND g.to_seq > r.after_seq AND g.from_seq <= r.to_seq
       ORDER BY g.conversation_id, g.from_seq`,
      [ranges.map((range) => range.conversationId), ranges.map(({ after }) => after), ranges.map(({ to }) => to)],
    );
  }
}

/**
 * Reads ranges one after the other, by statements of one conversation and one table each: where logs are spread over several servers
 * by conversation, each of them goes to one server as it is.
 */
@Injectable()
export class SlicesByConversationStore extends SlicesStore {
  override async read(
    manager: EntityManager,
    ranges: readonly LogRange[],
    limits: SliceLimits,
  ): Promise<StoredSlice[]> {
    const found: Found[] = [];
    let bytes = limits.bytes;
    for (const range of ranges) {
      // What does not fit any more ends all that follows: a reader goes on from there.
      const one = bytes > 0 ? await this.find(manager, range, { ...limits, bytes }) : NOTHING;
      bytes = one.isCut ? 0 : bytes - Number(one.rows.at(-1)?.used ?? 0);
      found.push(one);
    }
    const names = await this.namesOf(
      manager,
      found.flatMap(({ rows }) => rows),
    );
    return ranges.map(({ after, to }, index) => {
      const { rows, gaps, isCut } = found[index] ?? NOTHING;
      const entries = rows.map((row) => toEntry({ ...row, sender_username: names.get(row.sender_account) ?? null }));
      const isWhole = !isCut && entries.length < limits.entries;
      return { entries, gaps, reached: isWhole ? to : (entries.at(-1)?.seq ?? after) };
    });
  }

  private async find(manager: EntityManager, range: LogRange, limits: SliceLimits): Promise<Found> {
    const rows = await this.rowsOf(manager, range, limits);
    return { rows, gaps: await this.gapsIn(manager, range), isCut: rows.length < Number(rows[0]?.total ?? 0) };
  }

  /** The first entry is always among them, so that whoever asks gets on. */
  private rowsOf(manager: EntityManager, range: LogRange, limits: SliceLimits): Promise<OwnRow[]> {
    return manager.query<OwnRow[]>(
      `SELECT p.* FROM (
         SELECT e.*, sum(${JSON_BYTES}) OVER (ORDER BY e.seq) AS used, row_number() OVER (ORDER BY e.seq) AS nth, count(*) OVER () AS total
         FROM (SELECT * FROM entries WHERE conversation_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT $4) e
       ) p WHERE p.used <= $5 OR p.nth = 1 ORDER BY p.seq`,
      [range.conversationId, range.after, range.to, limits.entries, limits.bytes],
    );
  }

  private async gapsIn(manager: EntityManager, range: LogRange): Promise<Gap[]> {
    const rows = await manager.query<GapRow[]>(
      'SELECT * FROM gaps WHERE conversation_id = $1 AND to_seq > $2 AND from_seq <= $3 ORDER BY from_seq',
      [range.conversationId, range.after, range.to],
    );
    return gapsOf(rows, range);
  }

  private async namesOf(manager: EntityManager, rows: readonly OwnRow[]): Promise<Map<string | null, string>> {
    const senders = [...new Set(rows.map(({ sender_account: sender }) => sender))];
    const accounts = await manager.query<{ id: AccountId; username: string }[]>(
      'SELECT id, username FROM accounts WHERE id = ANY ($1)',
      [senders.filter((sender) => sender !== null)],
    );
    return new Map(accounts.map(({ id, username }) => [id, username]));
  }
}

function gapsOf(rows: readonly GapRow[], range: LogRange): Gap[] {
  return rows
    .filter((row) => row.conversation_id === range.conversationId)
    .map((row) => ({ from: Number(row.from_seq), to: Number(row.to_seq), reason: row.reason }));
}

/** Index of the first range that the byte budget may have cut: the one after which nothing came. */
function firstCut(rows: readonly SliceRow[], ranges: readonly LogRange[]): number {
  const last = rows.at(-1);
  return last === undefined || rows.length === Number(last.total) ? ranges.length : Number(last.part) - 1;
}
