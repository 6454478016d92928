import { Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import { Database } from '../platform/database/database.js';

/** The database at one moment. */
export interface Moment {
  /** Every transaction before this one has ended: what was written since is by this one or a later one. */
  readonly horizon: string;
  /** Whether some relay has said just now that it cannot publish. */
  readonly isSomebodyUnheard: boolean;
}

interface MomentRow {
  readonly horizon: string;
  readonly unheard: boolean;
}

/** For so long a relay is taken to be unheard after it has said so last. */
const UNHEARD = "interval '2 seconds'";

interface MarkRow {
  readonly id: AccountId;
  readonly mark: string;
}

/**
 * Finds out who has missed what was not pushed. It goes by the ids of transactions: no clock of a relay is trusted, and
 * nothing is written for it on the way of a message. Where tables are spread over several servers, each of which has ids of its
 * own, it goes by what stands in the rows.
 */
@Injectable()
export class MovesStore {
  constructor(private readonly database: Database) {}

  async moment(): Promise<Moment> {
    const [row] = await this.database.query<MomentRow>(
      `SELECT pg_snapshot_xmin(pg_current_snapshot())::xid::text AS horizon,
              coalesce(bus_lost_at > clock_timestamp() - ${UNHEARD}, false) AS unheard FROM relay`,
    );
    if (row === undefined) throw new Error('the relay’s own row is not there');
    return { horizon: row.horizon, isSomebodyUnheard: row.unheard };
  }

  /** Says to all relays that this one cannot be heard. */
  async sayUnheard(): Promise<void> {
    await this.database.query(
      `UPDATE relay SET bus_lost_at = clock_timestamp()
       WHERE bus_lost_at IS NULL OR bus_lost_at < clock_timestamp() - ${UNHEARD} / 4`,
    );
  }

  /** Those of the accounts for whom something has moved since: a log they are in, their place in one, or what a sync tells besides. */
  async moved(accounts: readonly AccountId[], since: string): Promise<AccountId[]> {
    const rows = await this.database.query<{ id: AccountId }>(
      `SELECT a.id FROM unnest($1::uuid[]) AS connected (id) JOIN accounts a USING (id)
       WHERE age(a.xmin) <= age($2::xid)
          OR EXISTS (SELECT FROM members m JOIN conversations c ON c.id = m.conversation_id
                     WHERE m.account_id = a.id
                       AND (age(m.xmin) <= age($2::xid) OR m.left_seq IS NULL AND age(c.xmin) <= age($2::xid)))`,
      [accounts, since],
    );
    return rows.map(({ id }) => id);
  }

  /** For each account what changes whenever something of the same kinds does; to be compared, and no more. */
  async marks(accounts: readonly AccountId[]): Promise<Map<AccountId, string>> {
    const outside = await this.database.query<MarkRow>(
      'SELECT id, revision::text AS mark FROM accounts WHERE id = ANY ($1)',
      [accounts],
    );
    const ofLogs = await this.database.query<MarkRow>(
      `SELECT m.account_id AS id, sum(hashtextextended(concat_ws(' ', c.id, m.joined_seq, m.left_seq, m.state, m.role,
         CASE WHEN m.left_seq IS NULL THEN concat_ws(' ', c.last_seq, c.mls_generation, c.epoch, c.removal_pending) END
       ), 0))::text AS mark
       FROM members m JOIN conversations c ON c.id = m.conversation_id
       WHERE m.account_id = ANY ($1) GROUP BY m.account_id`,
      [accounts],
    );
    const logs = new Map(ofLogs.map(({ id, mark }) => [id, mark]));
    return new Map(outside.map(({ id, mark }) => [id, `${mark} ${logs.get(id) ?? ''}`]));
  }
}
