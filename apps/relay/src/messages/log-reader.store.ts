import { Injectable } from '@nestjs/common';
import { type AccountId, type ConversationId, type DeviceId, LIMITS, type Seq } from '#protocol';
import { type Change, ChangesStore } from '../changes/index.js';
import type { EntityManager } from 'typeorm';
import { type WelcomeNotice, WelcomesStore } from '../mls/index.js';
import { Database } from '../platform/database/database.js';
import { type LogItem, readableRanges, type StayRange, withGaps } from './log-slice.js';
import type { Watermark } from './message.js';
import { ReceiptsStore } from './receipts.store.js';
import { type SliceLimits, SlicesStore } from './slices.store.js';

/** A stretch of one log as its reader sees it. */
export interface LogPage {
  readonly conversationId: ConversationId;
  readonly headSeq: Seq;
  readonly items: readonly LogItem[];
  /** How far the items reach. */
  readonly upTo: Seq;
}

export interface LogRequest {
  readonly reader: AccountId;
  readonly conversationId: ConversationId;
  readonly after: Seq;
  readonly limit: number;
  readonly nowMs: number;
}

export interface SyncRequest {
  readonly reader: AccountId;
  readonly deviceId: DeviceId;
  readonly incarnation: string | undefined;
  readonly revision: number;
  readonly cursors: Readonly<Record<string, Seq>>;
  readonly nowMs: number;
}

/** Everything that moved since the cursors, from one snapshot. */
export interface SyncSnapshot {
  readonly incarnation: string;
  readonly changes: readonly Change[];
  readonly moreChanges: boolean;
  /** The newest marks of the conversations whose receipts changed. */
  readonly watermarks: readonly Watermark[];
  readonly pages: readonly LogPage[];
  /** Those that wait for the device. */
  readonly welcomes: readonly WelcomeNotice[];
}

/** A member's standing in one conversation. */
export interface Standing {
  readonly conversationId: ConversationId;
  readonly stays: StayRange[];
  head: Seq;
}

interface StandingRow {
  readonly conversation_id: ConversationId;
  readonly joined_seq: string;
  readonly left_seq: string | null;
  readonly last_seq: string;
}

type Wanted = Standing & { readonly after: Seq };

/** Conversations that get a first page in one sync, and entries of each; the rest say only where their head is. */
const SYNC_PAGES = 100;
const SYNC_PAGE_ENTRIES = 50;
const SYNC_CHANGES = 500;
const PAGE_BYTES = 2 * LIMITS.syncBytes;

/** Reads logs as one member may see them. */
@Injectable()
export class LogReaderStore {
  constructor(
    private readonly database: Database,
    private readonly slices: SlicesStore,
    private readonly changes: ChangesStore,
    private readonly receipts: ReceiptsStore,
    private readonly welcomes: WelcomesStore,
  ) {}

  /** A member's stays and head in one conversation; undefined for who has none that was accepted. */
  async standing(reader: AccountId, conversationId: ConversationId): Promise<Standing | undefined> {
    const [standing] = await this.standings(this.database.manager, reader, conversationId);
    return standing;
  }

  /** A page of one log; undefined for who has no stay in it. */
  async page({ reader, conversationId, after, limit, nowMs }: LogRequest): Promise<LogPage | undefined> {
    return this.database.snapshot(async (manager) => {
      const [standing] = await this.standings(manager, reader, conversationId);
      if (standing === undefined) return undefined;
      const [page] = await this.pages(manager, [{ ...standing, after }], {
        limits: { entries: limit, bytes: PAGE_BYTES },
        nowMs,
      });
      return page;
    });
  }

  async sync(request: SyncRequest): Promise<SyncSnapshot> {
    const { reader, deviceId, nowMs, revision, cursors } = request;
    await this.keepCursors(request);
    return this.database.snapshot(async (manager) => {
      const incarnation = await this.incarnation(manager);
      const changes = await this.changes.since(manager, { accountId: reader, revision, limit: SYNC_CHANGES + 1 });
      const shown = changes.slice(0, SYNC_CHANGES);
      const standings = await this.standings(manager, reader);
      const watermarks = await this.receipts.newest(manager, markedOf(shown, standings));
      const moved = standings
        .map((standing) => ({ ...standing, after: cursors[standing.conversationId] ?? 0 }))
        .filter(({ head, after }) => head > after);
      const limits = { entries: SYNC_PAGE_ENTRIES, bytes: LIMITS.syncBytes };
      const pages = await this.pages(manager, moved.slice(0, SYNC_PAGES), { limits, nowMs });
      const heads = moved
        .slice(SYNC_PAGES)
        .map(({ conversationId, head, after }) => ({ conversationId, headSeq: head, items: [], upTo: after }));
      return {
        incarnation,
        changes: shown,
        moreChanges: changes.length > SYNC_CHANGES,
        watermarks,
        pages: [...pages, ...heads],
        welcomes: await this.welcomes.waiting(manager, deviceId, LIMITS.syncWelcomes),
      };
    });
  }

  /** A member's accepted stays and the heads they may see: where a stay ended, for who has left. */
  private async standings(manager: EntityManager, reader: AccountId, only?: ConversationId): Promise<Standing[]> {
    const rows = await manager.query<StandingRow[]>(
      `SELECT m.conversation_id, m.joined_seq, m.left_seq, c.last_seq
       FROM members m JOIN conversations c ON c.id = m.conversation_id
       WHERE m.account_id = $1 AND m.state = 'joined' AND ($2::uuid IS NULL OR m.conversation_id = $2)
       ORDER BY m.conversation_id, m.joined_seq`,
      [reader, only ?? null],
    );
    const standings = new Map<ConversationId, Standing>();
    for (const row of rows) {
      const standing = standings.get(row.conversation_id) ?? {
        conversationId: row.conversation_id,
        stays: [],
        head: 0,
      };
      const to = row.left_seq === null ? null : Number(row.left_seq);
      standing.stays.push({ from: Number(row.joined_seq), to });
      standing.head = Math.max(standing.head, to ?? Number(row.last_seq));
      standings.set(row.conversation_id, standing);
    }
    return [...standings.values()];
  }

  private async pages(
    manager: EntityManager,
    wanted: readonly Wanted[],
    how: { limits: SliceLimits; nowMs: number },
  ): Promise<LogPage[]> {
    const plans = wanted.map((one) => ({ ...one, parts: readableRanges(one.stays, one.after, one.head) }));
    const ranges = plans.flatMap(({ conversationId, parts }) =>
      parts.flatMap((part) => ('gap' in part ? [] : [{ conversationId, ...part }])),
    );
    const slices = await this.slices.read(manager, ranges, how.limits);
    let next = 0;
    return plans.map(({ conversationId, head, after, parts }) => {
      const items: LogItem[] = [];
      let upTo = after;
      let isWhole = true;
      for (const part of parts) {
        if ('gap' in part) {
          if (isWhole) items.push(part);
          continue;
        }
        const range = ranges[next];
        const slice = slices[next];
        next++;
        if (range === undefined || slice === undefined || !isWhole) continue;
        items.push(...withGaps(range, slice, how.nowMs));
        upTo = slice.reached;
        isWhole = slice.reached === range.to;
      }
      return { conversationId, headSeq: head, items, upTo };
    });
  }

  /** A cursor means "durably stored up to here" and is kept as the greatest seen, within the life of this database. */
  private async keepCursors({ reader, deviceId, incarnation, cursors }: SyncRequest): Promise<void> {
    const conversations = Object.keys(cursors);
    if (conversations.length === 0 || incarnation === undefined) return;
    await this.database.query(
      `INSERT INTO cursors AS c (device_id, conversation_id, seq)
       SELECT $1, g.conversation, least(g.seq, v.last_seq)
       FROM unnest($3::uuid[], $4::bigint[]) AS g (conversation, seq)
       JOIN conversations v ON v.id = g.conversation
       WHERE EXISTS (SELECT 1 FROM members m WHERE m.conversation_id = g.conversation AND m.account_id = $2)
         AND EXISTS (SELECT 1 FROM relay WHERE incarnation = $5)
       ORDER BY g.conversation
       ON CONFLICT (device_id, conversation_id) DO UPDATE SET seq = excluded.seq WHERE c.seq < excluded.seq`,
      [deviceId, reader, conversations, Object.values(cursors), incarnation],
    );
  }

  /** Which life of the database this is. */
  async incarnation(manager: EntityManager = this.database.manager): Promise<string> {
    const [row] = await manager.query<{ incarnation: string }[]>('SELECT incarnation FROM relay');
    if (row === undefined) throw new Error('the relay has no incarnation');
    return row.incarnation;
  }
}

/** Conversations with new marks, of which the reader still is a member: marks say how far the log has grown. */
function markedOf(changes: readonly Change[], standings: readonly Standing[]): ConversationId[] {
  const marked = new Set(changes.flatMap(({ what, subject }) => (what === 'receipts' ? [subject] : [])));
  const open = standings.filter(({ stays }) => stays.some(({ to }) => to === null));
  return open.flatMap(({ conversationId }) => (marked.has(conversationId) ? [conversationId] : []));
}
