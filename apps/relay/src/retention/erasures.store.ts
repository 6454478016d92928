import { Injectable } from '@nestjs/common';
import { type ConversationId, DURATIONS } from '#protocol';
import { Database, type Turn } from '../platform/database/database.js';
import { DeliveriesStore } from './deliveries.store.js';
import { byConversation, type DueRow, inEach } from './due.js';
import { JANITOR_LOCK } from './janitor-lock.js';

/** Reasons of gaps. */
const EXPIRED = 'expired';
const DELIVERED = 'delivered';

/** Some conversations, and from when on their messages stay. */
export interface Stretch {
  readonly conversations: readonly ConversationId[];
  readonly before: Date;
  readonly at: Date;
}

/**
 * Erases the bodies of entries, which come as rows of `conversation_id` and `seq`. The id and its sender stay for the retry horizon, so
 * that a late repeat is still recognised as one.
 */
function erasing(due: string, inConversation: string): string {
  return `WITH due AS (${due}), erased AS (
      UPDATE entries e SET body = NULL, expires_at = least(e.expires_at, $1) FROM due
      WHERE e.conversation_id = due.conversation_id AND e.seq = due.seq${inConversation} RETURNING e.conversation_id, e.seq
    )`;
}

/** Merges the gaps that this leaves, each with those of the same reason that it touches. */
function merging(inConversation: string): string {
  return `, runs AS (
      SELECT conversation_id, min(seq) AS from_seq, max(seq) AS to_seq
      FROM (SELECT *, seq - row_number() OVER (PARTITION BY conversation_id ORDER BY seq) AS run FROM erased) e
      GROUP BY conversation_id, run
    ), touching AS (
      SELECT g.* FROM runs r CROSS JOIN LATERAL (
        (SELECT conversation_id, from_seq, to_seq FROM gaps g
         WHERE g.conversation_id = r.conversation_id${inConversation} AND g.reason = $2 AND g.from_seq < r.from_seq ORDER BY g.from_seq DESC LIMIT 1)
        UNION ALL
        SELECT conversation_id, from_seq, to_seq FROM gaps g
        WHERE g.conversation_id = r.conversation_id${inConversation} AND g.reason = $2 AND g.from_seq BETWEEN r.from_seq AND r.to_seq + 1
      ) g WHERE g.to_seq >= r.from_seq - 1
    ), parts AS (
      SELECT p.*, p.from_seq > 1 + max(p.to_seq) OVER (
        PARTITION BY p.conversation_id ORDER BY p.from_seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ) AS is_apart
      FROM (SELECT * FROM runs UNION SELECT * FROM touching) p
    ), islands AS (
      SELECT *, count(*) FILTER (WHERE is_apart) OVER (PARTITION BY conversation_id ORDER BY from_seq) AS island FROM parts
    ), merged AS (
      SELECT conversation_id, min(from_seq) AS from_seq, max(to_seq) AS to_seq FROM islands GROUP BY conversation_id, island
    ), swallowed AS (
      DELETE FROM gaps g USING merged m
      WHERE g.conversation_id = m.conversation_id${inConversation} AND g.reason = $2 AND g.from_seq > m.from_seq AND g.from_seq <= m.to_seq
    )`;
}

const INTO_GAPS = 'INSERT INTO gaps (conversation_id, from_seq, to_seq, reason)';
const OR_GROW = 'ON CONFLICT (conversation_id, from_seq) DO UPDATE SET to_seq = greatest(gaps.to_seq, excluded.to_seq)';

/**
 * Records the gaps in the same statement, which is planned once: of a few rows, planning and going to and fro would cost more than
 * the rest.
 */
const RECORDING = `${merging('')}, recorded AS (
      ${INTO_GAPS} SELECT *, $2 FROM merged
      ${OR_GROW}
    )
    SELECT count(*) FROM erased`;

/**
 * At most so many entries in each statement: few enough that whoever sends meanwhile hardly waits for them. It stands in the text, since
 * PostgreSQL would plan a statement anew each time whose limit it does not know, which takes longer than to erase them.
 */
export const BATCH = 25;

/** The messages of a conversation. */
function messagesOf(conversation: string): string {
  return `FROM entries x WHERE x.conversation_id = ${conversation} AND x.kind = 0 AND x.body IS NOT NULL`;
}

const MESSAGES = messagesOf('c.id');
const MESSAGES_IN = messagesOf('$3');

/**
 * The oldest messages of each conversation `c`, that are from before `$4`. No index leads to them, and none has to be
 * written for them when somebody sends: they are at the beginning of a log, and of most logs the first one says that none is due.
 */
function oldest(messages: string, upTo: string): string {
  return `CROSS JOIN LATERAL (SELECT x.created_at ${messages} ${upTo} ORDER BY x.seq LIMIT 1) o
    CROSS JOIN LATERAL (
      SELECT x.conversation_id, x.seq, x.created_at ${messages} ${upTo} AND o.created_at <= $4 ORDER BY x.seq LIMIT ${BATCH}
    ) e
    WHERE e.created_at <= $4 LIMIT ${BATCH}`;
}

/** Up to where every device of every member has stored a log. Nobody needs what was written before they came. */
const STORED_BY_ALL = `SELECT min(greatest(coalesce(s.seq, 0), m.joined_seq - 1)) FROM members m
  LEFT JOIN devices d ON d.account_id = m.account_id AND d.revoked_at IS NULL
  LEFT JOIN cursors s ON s.device_id = d.id AND s.conversation_id = c.id
  WHERE m.conversation_id = c.id AND m.left_seq IS NULL`;

const EXPIRED_ENTRIES = `SELECT conversation_id, seq FROM entries WHERE expires_at <= $1 AND body IS NOT NULL
   ORDER BY expires_at LIMIT ${BATCH}`;
const FORGETTABLE = `SELECT conversation_id, seq FROM entries WHERE expires_at <= $1 AND body IS NULL
    ORDER BY expires_at LIMIT ${BATCH}`;

const ERASE_EXPIRED = `${erasing(`${EXPIRED_ENTRIES} FOR UPDATE SKIP LOCKED`, '')}${RECORDING}`;
const ERASE_AGED = `${erasing(
  `SELECT e.conversation_id, e.seq FROM unnest($3::uuid[]) AS c (id) ${oldest(MESSAGES, '')}`,
  '',
)}${RECORDING}`;
const ERASE_DELIVERED = `${erasing(
  `SELECT e.conversation_id, e.seq FROM (
     SELECT c.id, (${STORED_BY_ALL}) AS stored FROM conversations c
     WHERE c.id = ANY ($3) AND ($5 OR c.erase_delivered) OFFSET 0
   ) c ${oldest(MESSAGES, 'AND x.seq <= c.stored')}`,
  '',
)}${RECORDING}`;
const FORGET = `WITH old AS (
    ${FORGETTABLE} FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM entries e USING old WHERE e.conversation_id = old.conversation_id AND e.seq = old.seq RETURNING e.seq
  )
  SELECT count(*) FROM gone`;

/** Where the server of a conversation is asked: each table of the log with `= $3`, and nothing is inserted, which Citus plans apart. */
const ENTRIES_IN = ' AND e.conversation_id = $3';
const MERGED_IN = `${merging(' AND g.conversation_id = $3')} SELECT from_seq, to_seq, (SELECT count(*) FROM erased) FROM merged`;
const ERASE_EXPIRED_IN = `${erasing(
  'SELECT conversation_id, seq FROM entries WHERE conversation_id = $3 AND seq = ANY ($4) AND expires_at <= $1 AND body IS NOT NULL',
  ENTRIES_IN,
)}${MERGED_IN}`;
const ERASE_AGED_IN = `${erasing(
  `SELECT e.conversation_id, e.seq FROM (SELECT 1) c ${oldest(MESSAGES_IN, '')}`,
  ENTRIES_IN,
)}${MERGED_IN}`;
const ERASE_DELIVERED_IN = `${erasing(
  `SELECT e.conversation_id, e.seq FROM (SELECT 1) c ${oldest(MESSAGES_IN, 'AND x.seq <= $5')}`,
  ENTRIES_IN,
)}${MERGED_IN}`;

/**
 * Erases entries, a bounded batch in each statement, one janitor at a time: while another one has its turn, the answer is
 * undefined. No conversation is locked, so nobody who sends waits for it.
 */
@Injectable()
export class ErasuresStore {
  constructor(protected readonly database: Database) {}

  /** Erases what has lived as long as it was to. Returns how many were erased. */
  async eraseExpired(at: Date): Promise<number | undefined> {
    const values = [at, EXPIRED];
    return taken(
      await this.database.preparedInTurn(JANITOR_LOCK, { name: 'erase_expired', text: ERASE_EXPIRED, values }),
    );
  }

  /** Erases messages of the conversations from before a time, however long they were to live. */
  async eraseAged({ conversations, before, at }: Stretch): Promise<number | undefined> {
    const values = [at, EXPIRED, conversations, before];
    return taken(await this.database.preparedInTurn(JANITOR_LOCK, { name: 'erase_aged', text: ERASE_AGED, values }));
  }

  /** Erases messages from before a time that every device of every member has stored, where members want that or everywhere. */
  async eraseDelivered({ conversations, before, at }: Stretch, everywhere: boolean): Promise<number | undefined> {
    const values = [at, DELIVERED, conversations, before, everywhere];
    return taken(
      await this.database.preparedInTurn(JANITOR_LOCK, { name: 'erase_delivered', text: ERASE_DELIVERED, values }),
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
  async forget(at: Date): Promise<number | undefined> {
    const values = [horizonOf(at)];
    return taken(await this.database.preparedInTurn(JANITOR_LOCK, { name: 'forget_entries', text: FORGET, values }));
  }
}

/**
 * Looks for what is due, and erases it, conversation by conversation, in a transaction for each: where logs are spread over several
 * servers by conversation, no rows can be locked over all of them, and each transaction is one server's. So a batch has up to 25
 * transactions, or ends with one that has 25 entries.
 */
@Injectable()
export class ErasuresByConversationStore extends ErasuresStore {
  constructor(
    database: Database,
    private readonly deliveries: DeliveriesStore,
  ) {
    super(database);
  }

  override async eraseExpired(at: Date): Promise<number> {
    const due = byConversation(await this.database.query<DueRow>(EXPIRED_ENTRIES, [at]));
    return inEach(due, BATCH, ([conversation, seqs]) => {
      const values = [at, EXPIRED, conversation, seqs];
      return this.erase(conversation, EXPIRED, (turn) =>
        turn.prepared({ name: 'erase_expired_in', text: ERASE_EXPIRED_IN, values }),
      );
    });
  }

  override async eraseAged({ conversations, before, at }: Stretch): Promise<number> {
    return inEach(conversations, BATCH, async (conversation) => {
      if (!(await this.hasOlder(conversation, before))) return 0;
      const values = [at, EXPIRED, conversation, before];
      return this.erase(conversation, EXPIRED, (turn) =>
        turn.prepared({ name: 'erase_aged_in', text: ERASE_AGED_IN, values }),
      );
    });
  }

  override async eraseDelivered({ conversations, before, at }: Stretch, everywhere: boolean): Promise<number> {
    return inEach(conversations, BATCH, async (conversation) => {
      if (!(await this.hasOlder(conversation, before))) return 0;
      const stored = await this.deliveries.storedByAll(conversation, everywhere);
      if (stored === undefined) return 0;
      const values = [at, DELIVERED, conversation, before, stored];
      return this.erase(conversation, DELIVERED, (turn) =>
        turn.prepared({ name: 'erase_delivered_in', text: ERASE_DELIVERED_IN, values }),
      );
    });
  }

  override async forget(at: Date): Promise<number> {
    const horizon = horizonOf(at);
    const due = byConversation(await this.database.query<DueRow>(FORGETTABLE, [horizon]));
    return inEach(due, BATCH, async ([conversation, seqs]) => {
      const forgotten = await this.database.preparedInTurn(JANITOR_LOCK, {
        name: 'forget_entries_in',
        text: 'DELETE FROM entries WHERE conversation_id = $2 AND seq = ANY ($3) AND expires_at <= $1 AND body IS NULL RETURNING seq',
        values: [horizon, conversation, seqs],
      });
      return forgotten?.length;
    });
  }

  /** Whether the first message of a log is from before a time: of most it is not, and nothing has to be asked for them. */
  private async hasOlder(conversation: ConversationId, before: Date): Promise<boolean> {
    const rows = await this.database.query(
      `SELECT 1 FROM (SELECT x.created_at ${messagesOf('$1')} ORDER BY x.seq LIMIT 1) o WHERE o.created_at <= $2`,
      [conversation, before],
    );
    return rows.length > 0;
  }

  /** @param entries erases them, and tells the gaps that this leaves: from, to, and how many were erased. */
  private erase(
    conversation: ConversationId,
    reason: string,
    entries: (turn: Turn) => Promise<unknown[][]>,
  ): Promise<number | undefined> {
    return this.database.inTurn(JANITOR_LOCK, 'erase_in', async (turn) => {
      const gaps = await entries(turn);
      if (gaps.length === 0) return 0;
      await turn.prepared({
        name: 'record_gaps',
        text: `${INTO_GAPS} SELECT $1, from_seq, to_seq, $2 FROM unnest($3::bigint[], $4::bigint[]) AS g (from_seq, to_seq) ${OR_GROW}`,
        values: [conversation, reason, gaps.map(([from]) => from), gaps.map(([, to]) => to)],
      });
      return Number(gaps[0]?.[2]);
    });
  }
}

/** From when on an id may still be carried by a retry. */
function horizonOf(at: Date): Date {
  return new Date(at.getTime() - DURATIONS.retryHorizonSeconds * 1000);
}

/** How many entries a statement has changed, if it had its turn. */
function taken(rows: unknown[][] | undefined): number | undefined {
  return rows === undefined ? undefined : Number(rows[0]?.[0]);
}
