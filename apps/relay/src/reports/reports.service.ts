import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId } from '#protocol';
import { AccountsService } from '../accounts/index.js';
import { IdReused } from '../entries/index.js';
import { Clock } from '../platform/clock/clock.js';
import { InvalidRequest, NotFound } from '../platform/errors/refusal.js';
import type { Caller, LocatedCaller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { judged } from './evidence.js';
import { EvidenceStore } from './evidence.store.js';
import type { Evidence, FiledReport, NewReport } from './report.js';
import { type ReportPosition, ReportsStore } from './reports.store.js';

/** Who reports whom, and what the relay can say of what is shown to it. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly reports: ReportsStore,
    private readonly evidence: EvidenceStore,
    private readonly accounts: AccountsService,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  /**
   * Files a report; the same id again is the same report.
   * @throws {NotFound} @throws {InvalidReport} @throws {InvalidRequest} @throws {IdReused} @throws {RateLimited}
   */
  async file({ caller, address }: LocatedCaller, report: NewReport): Promise<FiledReport> {
    const known = await this.reports.one(caller.accountId, report.id);
    if (known !== undefined) return known;
    await this.limiter.take('reports', caller.accountId);
    const reported = await this.accounts.find({ caller, address }, report.username);
    if (reported.id === caller.accountId) throw invalid('/username', 'is your own');
    const evidence = await this.examined(caller.accountId, reported.id, report);
    const at = this.clock.now();
    const isNew = await this.reports.file(caller, { ...report, reportedId: reported.id, evidence, at });
    const filed = await this.reports.one(caller.accountId, report.id);
    if (filed !== undefined) return filed;
    throw isNew ? new NotFound('report') : new IdReused();
  }

  /** The caller's own, newest first. */
  async list({ accountId }: Caller, before: ReportPosition | undefined, limit: number): Promise<FiledReport[]> {
    return this.reports.list(accountId, before, limit);
  }

  private async examined(
    reporterId: AccountId,
    reportedId: AccountId,
    { conversationId, messages }: NewReport,
  ): Promise<Evidence[]> {
    const ids = messages.map(({ messageId }) => messageId);
    if (new Set(ids).size < ids.length) throw invalid('/messages', 'names a message twice');
    if (conversationId === null) {
      if (messages.length > 0) throw invalid('/conversationId', 'is missing: messages are in one');
      return [];
    }
    await this.assertTogether(conversationId, reporterId, reportedId);
    if (messages.length === 0) return [];
    const question = { reporterId, conversationId, at: this.clock.now() };
    const witnessed = await this.evidence.messages(question, ids);
    const isErasedInPart = await this.evidence.isErasedInPart(question);
    const claim = { conversationId, reportedId, isErasedInPart };
    return messages.map((opened) => judged(opened, witnessed.get(opened.messageId), claim));
  }

  private async assertTogether(conversationId: ConversationId, one: AccountId, other: AccountId): Promise<void> {
    const inside = await this.evidence.everIn(conversationId, [one, other]);
    if (inside.size < 2) throw new NotFound('conversation');
  }
}

function invalid(path: string, message: string): InvalidRequest {
  return new InvalidRequest([{ path, message }]);
}
