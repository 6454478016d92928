import { AUDIT_ACTORS, AUDIT_EVENT_KINDS, LIMITS } from '#protocol';
import { Base64Url, Int, ListOf, OpenEnum, Text, Time, Uuid } from '../platform/http/fields.js';
import { PageDto } from '../platform/http/page.js';
import type { AuditRecord } from './audit-event.js';
import type { Checkpoint } from './checkpoint.js';

const hash = { minBytes: 32, maxBytes: 32 };

export class AuditEventDto {
  @Int({ about: 'Its place among the security events of all accounts.', min: 1, example: 42 })
  seq: number;

  @Time({ about: 'When it happened; of several in one record, when they were counted.' })
  at: string;

  @OpenEnum(AUDIT_EVENT_KINDS, { about: 'What happened.' })
  kind: string;

  @OpenEnum(AUDIT_ACTORS, { about: 'Who did it.' })
  actor: string;

  @Uuid({ about: 'Whose security it is about.' })
  accountId: string;

  @Uuid({ about: 'The device from which it was done.', nullable: true })
  deviceId: string | null;

  @Uuid({ about: 'The session in which it was done.', nullable: true })
  sessionId: string | null;

  @Uuid({ about: 'The device, session, second factor or account that it was done to.', nullable: true })
  subjectId: string | null;

  @Int({ about: 'How often, where several are one record.', min: 1, nullable: true, example: null })
  count: number | null;

  @Base64Url({ about: 'The hash of the record before, which may be somebody else’s.', ...hash })
  previousHash: string;

  @Base64Url({ about: 'SHA-256 of all the fields above, in the form that docs/audit.md gives.', ...hash })
  hash: string;
}

export class AuditEventListDto extends PageDto {
  @ListOf(() => AuditEventDto, { about: 'Newest first.', max: LIMITS.pageItems })
  items: AuditEventDto[];
}

export class AuditCheckpointDto {
  @Int({ about: '1, 2, 3 …', min: 1, example: 7 })
  number: number;

  @Text({ about: 'The day, UTC.', min: 10, max: 10, pattern: '^\\d{4}-\\d{2}-\\d{2}$', example: '2026-11-22' })
  day: string;

  @Int({ about: 'The newest record when it was signed.', min: 1, example: 42 })
  seq: number;

  @Base64Url({ about: 'The hash of that record, which all records before it went into.', ...hash })
  hash: string;

  @Time({ about: 'When it was signed.' })
  at: string;

  @Base64Url({
    about: 'The Ed25519 key that signed it; the server’s own, unless its secret was changed since.',
    ...hash,
  })
  publicKey: string;

  @Base64Url({ about: 'Ed25519, over the form that docs/audit.md gives.', minBytes: 64, maxBytes: 64 })
  signature: string;
}

export class AuditCheckpointListDto extends PageDto {
  @ListOf(() => AuditCheckpointDto, { about: 'Newest first.', max: LIMITS.pageItems })
  items: AuditCheckpointDto[];
}

/** A record of an account; those that are about nobody are not shown to anybody but the operator. */
export function toAuditEventDto(record: AuditRecord): AuditEventDto {
  if (record.accountId === null) throw new Error('a record that is about nobody is no account’s');
  return { ...plainRecord(record), accountId: record.accountId };
}

/** Any record, as the operator's export has it. */
export function plainRecord({ at, previousHash, hash: own, ...record }: AuditRecord) {
  const { seq, kind, actor, accountId, deviceId, sessionId, subjectId, count } = record;
  return {
    ...{ seq, at: at.toISOString(), kind, actor, accountId, deviceId, sessionId, subjectId, count },
    previousHash: previousHash.toString('base64url'),
    hash: own.toString('base64url'),
  };
}

export function toAuditCheckpointDto({ number, day, seq, at, ...signed }: Checkpoint): AuditCheckpointDto {
  return {
    ...{ number, day, seq, at: at.toISOString() },
    hash: signed.hash.toString('base64url'),
    publicKey: signed.publicKey.toString('base64url'),
    signature: signed.signature.toString('base64url'),
  };
}
