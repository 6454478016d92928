import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { type StoredNumbers, tellable } from './statistics.js';

/** Up to so many bytes of entries they are counted; beyond, counting would read the whole table. */
const COUNTED_BYTES = 32 * 1024 ** 2;

type Row = Record<
  | 'accounts'
  | 'day'
  | 'week'
  | 'month'
  | 'devices'
  | 'conversations'
  | 'database_bytes'
  | 'attachments'
  | 'attachment_bytes'
  | 'is_small'
  | 'estimate',
  string
>;

/** Counts what there is, without a word of whose it is. */
@Injectable()
export class StatisticsStore {
  constructor(private readonly database: Database) {}

  async count(at: Date): Promise<StoredNumbers> {
    const [row] = await this.database.query<Row>(NUMBERS, [at, COUNTED_BYTES]);
    if (row === undefined) throw new Error('counting gave no row');
    return {
      accounts: Number(row.accounts),
      active: {
        day: tellable(Number(row.day)),
        week: tellable(Number(row.week)),
        month: tellable(Number(row.month)),
      },
      devices: Number(row.devices),
      conversations: Number(row.conversations),
      messages: row.is_small === 'yes' ? await this.countMessages() : Number(row.estimate),
      databaseBytes: Number(row.database_bytes),
      attachments: Number(row.attachments),
      attachmentBytes: Number(row.attachment_bytes),
    };
  }

  private async countMessages(): Promise<number> {
    const sql = 'SELECT count(*) AS messages FROM entries WHERE kind = 0 AND body IS NOT NULL';
    const [row] = await this.database.query<{ messages: string }>(sql);
    return Number(row?.messages);
  }
}

/** Devices note the day on which they were last here, and nothing finer. */
const NUMBERS = `
  WITH here AS (
    SELECT account_id, max(last_seen_day) AS day FROM devices WHERE revoked_at IS NULL GROUP BY account_id
  ), today AS (SELECT ($1::timestamptz AT TIME ZONE 'UTC')::date AS day)
  SELECT (SELECT count(*) FROM accounts WHERE status = 'active') AS accounts,
         (SELECT count(*) FROM here, today WHERE here.day >= today.day) AS day,
         (SELECT count(*) FROM here, today WHERE here.day > today.day - 7) AS week,
         (SELECT count(*) FROM here, today WHERE here.day > today.day - 30) AS month,
         (SELECT count(*) FROM devices WHERE revoked_at IS NULL) AS devices,
         (SELECT count(*) FROM conversations) AS conversations,
         pg_database_size(current_database()) AS database_bytes,
         a.attachments, a.attachment_bytes, e.is_small, e.estimate
  FROM (
    SELECT count(*) AS attachments, coalesce(sum(length), 0) AS attachment_bytes FROM attachments WHERE state = 'stored'
  ) a, (
    SELECT CASE WHEN pg_relation_size(oid) <= $2 THEN 'yes' ELSE 'no' END AS is_small,
           greatest(reltuples, 0)::bigint AS estimate
    FROM pg_class WHERE oid = 'entries'::regclass
  ) e`;
