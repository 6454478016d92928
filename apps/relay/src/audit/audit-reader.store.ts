import { Inject, Injectable } from '@nestjs/common';
import type { AccountId } from '#protocol';
import { Database } from '../platform/database/database.js';
import type { AuditRecord, NamedAuditRecord } from './audit-event.js';

/** As much of a database as reading takes, so that the operator's command reads without a relay. */
export type AuditSource = Pick<Database, 'query'>;

interface RecordRow {
  readonly seq: string;
  readonly at: Date;
  readonly kind: string;
  readonly actor: string;
  readonly account_id: string | null;
  readonly device_id: string | null;
  readonly session_id: string | null;
  readonly subject_id: string | null;
  readonly count: string | null;
  readonly previous_hash: Buffer;
  readonly hash: Buffer;
}

interface NamedRow extends RecordRow {
  readonly username: string | null;
  readonly subject_username: string | null;
}

const BATCH = 500;
const COLUMNS = 'seq, at, kind, actor, account_id, device_id, session_id, subject_id, count, previous_hash, hash';

const OF_NAME = `AND account_id = (SELECT id FROM accounts WHERE username = $3 AND status = 'active')`;

/** Which records are asked for. */
export interface AuditSearch {
  /** Of everybody, if there is none. */
  readonly username: string | undefined;
  readonly before: number | undefined;
  readonly limit: number;
}

/** Reads the audit log. */
@Injectable()
export class AuditReader {
  constructor(@Inject(Database) private readonly database: AuditSource) {}

  /** Records of one account before a place, newest first. */
  async ofAccount(accountId: AccountId, page: { before: number | undefined; limit: number }): Promise<AuditRecord[]> {
    const rows = await this.database.query<RecordRow>(
      `SELECT ${COLUMNS} FROM audit_events
       WHERE account_id = $1 AND ($2::bigint IS NULL OR seq < $2) ORDER BY seq DESC LIMIT $3`,
      [accountId, page.before ?? null, page.limit],
    );
    return rows.map(toRecord);
  }

  /** Records of everybody before a place, or of whoever has a name, newest first: with the names of accounts that there are. */
  async ofAll({ username, before, limit }: AuditSearch): Promise<NamedAuditRecord[]> {
    const rows = await this.database.query<NamedRow>(
      `SELECT e.*, a.username, s.username AS subject_username
       FROM (SELECT ${COLUMNS} FROM audit_events WHERE ($1::bigint IS NULL OR seq < $1) ${username === undefined ? '' : OF_NAME}
             ORDER BY seq DESC LIMIT $2) e
       LEFT JOIN accounts a ON a.id = e.account_id AND a.status = 'active'
       LEFT JOIN accounts s ON s.id = e.subject_id AND s.status = 'active'
       ORDER BY e.seq DESC`,
      [before ?? null, limit, ...(username === undefined ? [] : [username])],
    );
    return rows.map((row) => ({ ...toRecord(row), username: row.username, subjectUsername: row.subject_username }));
  }

  /** The whole log, or all records of one account: in order, read as it is taken. */
  async *every(accountId?: AccountId): AsyncGenerator<AuditRecord> {
    // Whoever can write the table can write what is no number of ours, too: all there is, is read.
    let from = -(2n ** 63n);
    for (;;) {
      const rows = await this.database.query<RecordRow>(
        `SELECT ${COLUMNS} FROM audit_events
         WHERE seq >= $1 AND ($3::uuid IS NULL OR account_id = $3) ORDER BY seq LIMIT $2`,
        [from, BATCH, accountId ?? null],
      );
      yield* rows.map(toRecord);
      const last = rows.at(-1);
      if (last === undefined || rows.length < BATCH) return;
      from = BigInt(last.seq) + 1n;
    }
  }

  /** The newest record. */
  async head(): Promise<Pick<AuditRecord, 'seq' | 'hash'> | undefined> {
    const rows = await this.database.query<RecordRow>(`SELECT ${COLUMNS} FROM audit_events ORDER BY seq DESC LIMIT 1`);
    return rows.map(toRecord)[0];
  }
}

function toRecord(row: RecordRow): AuditRecord {
  return {
    seq: Number(row.seq),
    at: row.at,
    kind: row.kind,
    actor: row.actor,
    accountId: row.account_id,
    deviceId: row.device_id,
    sessionId: row.session_id,
    subjectId: row.subject_id,
    count: row.count === null ? null : Number(row.count),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
