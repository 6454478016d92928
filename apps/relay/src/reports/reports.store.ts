import { Injectable } from '@nestjs/common';
import type { AccountId, ReportId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { AuditLog, byOwner } from '../audit/index.js';
import { Database } from '../platform/database/database.js';
import type { Caller } from '../platform/http/caller.js';
import type { Evidence, FiledReport, ReportToFile } from './report.js';

interface FiledRow {
  readonly id: ReportId;
  readonly username: string;
  readonly reason: string;
  readonly filed_at: Date;
  readonly resolved_at: Date | null;
  readonly messages: FiledReport['messages'];
}

/** Where a list goes on, newest first. */
export interface ReportPosition {
  readonly at: Date;
  readonly id: ReportId;
}

/** Reports of one account ($1), as it may see them: what was shown stays with the operator. */
const FILED = `SELECT r.id, a.username, r.reason, r.filed_at, r.resolved_at, (
    SELECT coalesce(json_agg(json_build_object('messageId', m.message_id, 'verdict', m.verdict) ORDER BY m.place), '[]')
    FROM report_messages m WHERE m.report_id = r.id
  ) AS messages
  FROM reports r JOIN accounts a ON a.id = r.reported_id WHERE r.reporter_id = $1`;

/** Reports of abuse. */
@Injectable()
export class ReportsStore {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** Files a report, unless its id is taken: then nothing happens, and the answer is false. */
  async file(reporter: Caller, report: ReportToFile): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      if (!(await insert(manager, reporter.accountId, report))) return false;
      await insertEvidence(manager, report.id, report.evidence);
      await this.audit.append(manager, byOwner(reporter, 'report_filed', report.at));
      return true;
    });
  }

  /** One of the account's own. */
  async one(reporterId: AccountId, id: ReportId): Promise<FiledReport | undefined> {
    const rows = await this.database.query<FiledRow>(`${FILED} AND r.id = $2`, [reporterId, id]);
    return rows.map(toFiled)[0];
  }

  /** The account's own, newest first. */
  async list(reporterId: AccountId, before: ReportPosition | undefined, limit: number): Promise<FiledReport[]> {
    const rows = await this.database.query<FiledRow>(
      `${FILED} AND ($2::timestamptz IS NULL OR (r.filed_at, r.id) < ($2, $3::uuid))
       ORDER BY r.filed_at DESC, r.id DESC LIMIT $4`,
      [reporterId, before?.at ?? null, before?.id ?? null, limit],
    );
    return rows.map(toFiled);
  }

  /** Deletes reports from before a time, with all that was shown in them; returns how many. */
  async sweep(before: Date, limit: number): Promise<number> {
    const rows = await this.database.query<unknown>(
      `WITH gone AS (
         DELETE FROM reports WHERE id IN (
           SELECT id FROM reports WHERE filed_at <= $1 ORDER BY filed_at LIMIT $2 FOR UPDATE SKIP LOCKED
         ) RETURNING id
       ) SELECT id FROM gone`,
      [before, limit],
    );
    return rows.length;
  }
}

async function insert(manager: EntityManager, reporterId: AccountId, report: ReportToFile): Promise<boolean> {
  const { id, reportedId, conversationId, reason, words, at } = report;
  const rows = await manager.query<unknown[]>(
    `INSERT INTO reports (id, reporter_id, reported_id, conversation_id, reason, words, filed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING RETURNING id`,
    [id, reporterId, reportedId, conversationId, reason, words, at],
  );
  return rows.length > 0;
}

async function insertEvidence(manager: EntityManager, id: ReportId, evidence: readonly Evidence[]): Promise<void> {
  await manager.query(
    `INSERT INTO report_messages (report_id, place, message_id, sent_at, verdict, content)
     SELECT $1, e.place, e.message_id, e.sent_at, e.verdict, e.content
     FROM unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::bytea[])
       WITH ORDINALITY AS e (message_id, sent_at, verdict, content, place)`,
    [
      id,
      evidence.map(({ messageId }) => messageId),
      evidence.map(({ sentAt }) => sentAt),
      evidence.map(({ verdict }) => verdict),
      evidence.map(({ content }) => content),
    ],
  );
}

function toFiled({ id, username, reason, filed_at, resolved_at, messages }: FiledRow): FiledReport {
  return { id, username, reason, filedAt: filed_at, resolvedAt: resolved_at, messages };
}
