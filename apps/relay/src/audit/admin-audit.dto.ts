import { AUDIT_ACTORS, AUDIT_EVENT_KINDS, LIMITS } from '#protocol';
import { Base64Url, Int, ListOf, OpenEnum, Time, Username, Uuid } from '../platform/http/fields.js';
import { PageDto, PageQuery } from '../platform/http/page.js';
import { plainRecord } from './audit.dto.js';
import type { NamedAuditRecord } from './audit-event.js';

const hash = { minBytes: 32, maxBytes: 32 };

export class AuditSearchQuery extends PageQuery {
  @Username({ about: 'Only of this account; of all when absent.', optional: true })
  username?: string;
}

export class AdminAuditEventDto {
  @Int({ about: 'Its place in the log.', min: 1, example: 42 })
  seq: number;

  @Time({ about: 'When it happened; of several in one record, when they were counted.' })
  at: string;

  @OpenEnum(AUDIT_EVENT_KINDS, { about: 'What happened.' })
  kind: string;

  @OpenEnum(AUDIT_ACTORS, { about: 'Who did it.' })
  actor: string;

  @Uuid({ about: 'Whose security it is about; null if nobody’s.', nullable: true })
  accountId: string | null;

  @Username({ about: 'The name of that account; null once it is deleted.', nullable: true })
  username: string | null;

  @Username({ about: 'The account that an admin did it to; null once it is deleted.', nullable: true })
  subject: string | null;

  @Int({ about: 'How often, where several are one record.', min: 1, nullable: true, example: null })
  count: number | null;

  @Base64Url({ about: 'The hash of the record before.', ...hash })
  previousHash: string;

  @Base64Url({ about: 'The hash of this record.', ...hash })
  hash: string;
}

export class AdminAuditEventListDto extends PageDto {
  @ListOf(() => AdminAuditEventDto, { about: 'Newest first.', max: LIMITS.pageItems })
  items: AdminAuditEventDto[];
}

/** What admins see of a record: whose it is, and not from which device or session. */
export function toAdminAuditEventDto(record: NamedAuditRecord): AdminAuditEventDto {
  const { seq, at, kind, actor, accountId, count, previousHash, hash: own } = plainRecord(record);
  const { username, subjectUsername: subject } = record;
  return { seq, at, kind, actor, accountId, username, subject, count, previousHash, hash: own };
}
