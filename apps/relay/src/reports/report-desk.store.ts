import type { ReportId } from '#protocol';
import type { Database } from '../platform/database/database.js';

/** As much of a database as the operator's command takes. */
type DeskDatabase = Pick<Database, 'query'>;

/** A report as the operator sees it in a list. */
export interface ReportSummary {
  readonly id: ReportId;
  readonly filedAt: Date;
  readonly resolvedAt: Date | null;
  readonly reason: string;
  readonly reporter: string;
  readonly reported: string;
  readonly messages: number;
}

/** All of a report. */
export interface ReportOnDesk extends Omit<ReportSummary, 'messages'> {
  readonly conversationId: string | null;
  readonly words: string | null;
  readonly messages: readonly {
    readonly messageId: string;
    readonly sentAt: Date | null;
    readonly verdict: string;
    readonly content: Buffer;
  }[];
}

interface ReportRow {
  readonly id: ReportId;
  readonly filed_at: Date;
  readonly resolved_at: Date | null;
  readonly reason: string;
  readonly reporter: string;
  readonly reported: string;
  readonly conversation_id: string | null;
  readonly words: string | null;
  readonly messages: string;
}

interface MessageRow {
  readonly message_id: string;
  readonly sent_at: Date | null;
  readonly verdict: string;
  readonly content: Buffer;
}

const BATCH = 200;
const REPORTS = `SELECT r.id, r.filed_at, r.resolved_at, r.reason, r.conversation_id, r.words,
    reporter.username AS reporter, reported.username AS reported,
    (SELECT count(*) FROM report_messages m WHERE m.report_id = r.id) AS messages
  FROM reports r
  JOIN accounts reporter ON reporter.id = r.reporter_id
  JOIN accounts reported ON reported.id = r.reported_id`;

/** Reports as the operator reads them. */
export class ReportDesk {
  constructor(private readonly database: DeskDatabase) {}

  /** Oldest first, read as they are taken. */
  async *every(which: 'open' | 'all'): AsyncGenerator<ReportSummary> {
    let last: ReportRow | undefined;
    do {
      const rows: ReportRow[] = await this.database.query<ReportRow>(
        `${REPORTS} WHERE ($1 OR r.resolved_at IS NULL) AND ($2::uuid IS NULL OR (r.filed_at, r.id) > (
           (SELECT filed_at FROM reports WHERE id = $2), $2
         )) ORDER BY r.filed_at, r.id LIMIT $3`,
        [which === 'all', last?.id ?? null, BATCH],
      );
      yield* rows.map(toSummary);
      last = rows.length < BATCH ? undefined : rows.at(-1);
    } while (last !== undefined);
  }

  async one(id: ReportId): Promise<ReportOnDesk | undefined> {
    const [row] = await this.database.query<ReportRow>(`${REPORTS} WHERE r.id = $1`, [id]);
    if (row === undefined) return undefined;
    const messages = await this.database.query<MessageRow>(
      'SELECT message_id, sent_at, verdict, content FROM report_messages WHERE report_id = $1 ORDER BY place',
      [id],
    );
    return {
      ...toSummary(row),
      conversationId: row.conversation_id,
      words: row.words,
      messages: messages.map(({ message_id, sent_at, verdict, content }) => ({
        ...{ messageId: message_id, sentAt: sent_at, verdict, content },
      })),
    };
  }

  /** Says that a report is dealt with; false if there is none of that id. One that was stays as it was. */
  async resolve(id: ReportId, at: Date): Promise<boolean> {
    const rows = await this.database.query<unknown>(
      `WITH resolved AS (
         UPDATE reports SET resolved_at = coalesce(resolved_at, $2) WHERE id = $1 RETURNING id
       ) SELECT id FROM resolved`,
      [id, at],
    );
    return rows.length > 0;
  }
}

function toSummary({ id, filed_at, resolved_at, reason, reporter, reported, messages }: ReportRow): ReportSummary {
  return { id, filedAt: filed_at, resolvedAt: resolved_at, reason, reporter, reported, messages: Number(messages) };
}
