import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { JANITOR_LOCK } from './janitor-lock.js';

/** How large the table of entries is, in pages, as far as its last vacuum knows. */
export interface Fill {
  readonly pages: number;
  readonly rows: number;
  /** So many pages what is in it would fill. */
  readonly filled: number;
  /** How often it has been vacuumed: what is free is known from then. */
  readonly vacuums: number;
}

/** Beside its columns, a row has a header and a pointer. */
const ROW_BYTES = 28;

/** Moves entries within their table. */
@Injectable()
export class CompactionStore {
  constructor(private readonly database: Database) {}

  async fill(): Promise<Fill> {
    const [row] = await this.database.query<{ pages: string; rows: number; filled: number; vacuums: string }>(
      `SELECT pg_relation_size(c.oid) / b.bytes AS pages, greatest(c.reltuples, 0) AS rows,
              c.reltuples * ($1 + coalesce(w.bytes, 0)) / b.bytes AS filled,
              pg_stat_get_vacuum_count(c.oid) + pg_stat_get_autovacuum_count(c.oid) AS vacuums
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       CROSS JOIN (SELECT current_setting('block_size')::integer AS bytes) b
       CROSS JOIN LATERAL (
         SELECT sum(s.avg_width * (1 - s.null_frac)) AS bytes FROM pg_stats s
         WHERE s.schemaname = n.nspname AND s.tablename = c.relname
       ) w
       WHERE c.oid = 'entries'::regclass`,
      [ROW_BYTES],
    );
    const pages = Number(row?.pages ?? 0);
    // Below zero as long as nobody has counted them.
    const filled = row === undefined || row.filled < 0 ? pages : row.filled;
    return { pages, rows: row?.rows ?? 0, filled: Math.ceil(filled), vacuums: Number(row?.vacuums ?? 0) };
  }

  /**
   * Takes the entries out of some pages, and puts them where there is room, in one statement: whoever reads sees each of them
   * once, here or there. Returns the last page that one was put into, -1 if there was none; undefined while another relay has
   * its turn.
   */
  async empty(from: number, to: number): Promise<number | undefined> {
    const rows = await this.database.preparedInTurn(JANITOR_LOCK, {
      name: 'empty_pages',
      text: `WITH taken AS (DELETE FROM entries WHERE ctid >= $1::tid AND ctid < $2::tid RETURNING *),
                  put AS (INSERT INTO entries SELECT * FROM taken RETURNING ctid)
             SELECT coalesce(max((ctid::text::point)[0]), -1) FROM put`,
      values: [`(${String(from)},0)`, `(${String(to)},0)`],
    });
    return rows === undefined ? undefined : Number(rows[0]?.[0]);
  }
}
