import {
  type ConversationId,
  type EntryId,
  FRANKING_BYTES,
  LIMITS,
  REPORT_REASONS,
  REPORT_STATES,
  REPORT_TEXT_PATTERN,
  REPORT_VERDICTS,
  type ReportId,
  type ReportReason,
} from '#protocol';
import { Examples } from '../platform/http/examples.js';
import { Base64Url, bytesOf, ListOf, OneOf, OpenEnum, Text, Time, Username, Uuid, UuidV7 } from '../platform/http/fields.js';
import { PageDto } from '../platform/http/page.js';
import type { FiledReport, NewReport } from './report.js';
import { keptUntil } from './retention.js';

export class ShownMessageDto {
  @Uuid({ about: 'The message. Its sender has to be who is reported.' })
  messageId: string;

  @Base64Url({
    about: 'What was encrypted, as its receiver found it: behind the franking key, and without padding. The operator can read it.',
    minBytes: 1,
    maxBytes: LIMITS.ciphertextBytes,
    example: Buffer.from('{"v":1,"kind":"text","text":"I know where you live"}').toString('base64url'),
  })
  content: string;

  @Base64Url({
    about: 'The franking key that stood before it. Without it, as where a device has the message from an archive, it is `unverifiable`.',
    minBytes: FRANKING_BYTES,
    maxBytes: FRANKING_BYTES,
    optional: true,
  })
  frankingKey?: string;
}

const EXAMPLE_ID = '01a0c450-6c00-7000-8000-07be8fa9adc7';

@Examples<typeof FileReportDto>({
  person: { id: EXAMPLE_ID, username: 'mallory', reason: 'impersonation', text: 'She says that she is my aunt.' },
  messages: {
    id: EXAMPLE_ID,
    username: 'mallory',
    reason: 'threats',
    conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11',
    messages: [
      {
        messageId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d12',
        content: Buffer.from('{"v":1,"kind":"text","text":"I know where you live"}').toString('base64url'),
        frankingKey: Buffer.alloc(FRANKING_BYTES, 7).toString('base64url'),
      },
    ],
  },
})
export class FileReportDto {
  @UuidV7({ about: 'Chosen by the client. The same id again is the same report.' })
  id: string;

  @Username({ about: 'Who is reported.', example: 'mallory' })
  username: string;

  @OneOf(REPORT_REASONS, { about: 'Why.' })
  reason: ReportReason;

  @Text({
    about: 'In words. The operator can read it.',
    min: 1,
    max: LIMITS.reportTextChars,
    pattern: REPORT_TEXT_PATTERN,
    optional: true,
    example: 'It began last week.',
  })
  text?: string;

  @Uuid({ about: 'Where it happened: a conversation that both are or were in. Needed for messages.', optional: true })
  conversationId?: string;

  @ListOf(() => ShownMessageDto, {
    about: 'Messages that are opened for the operator to read. None, unless whoever reports chooses to.',
    max: LIMITS.reportMessages,
    optional: true,
  })
  messages?: ShownMessageDto[];
}

export class JudgedMessageDto {
  @Uuid({ about: 'The message.' })
  messageId: string;

  @OpenEnum(REPORT_VERDICTS, {
    about:
      'Whether its sender is known to have written just that. `unverifiable` is what the relay has erased, what came without a key, and ' +
      'what is from before senders committed to what they say.',
  })
  verdict: string;
}

export class ReportDto {
  @Uuid({ about: 'As its client chose it.' })
  id: string;

  @Username({ about: 'Who is reported.', example: 'mallory' })
  username: string;

  @OpenEnum(REPORT_REASONS, { about: 'Why.' })
  reason: string;

  @OpenEnum(REPORT_STATES, { about: 'Whether the operator has dealt with it.' })
  state: string;

  @Time({ about: 'When it was filed.' })
  filedAt: string;

  @Time({ about: 'When the operator had dealt with it.', nullable: true, example: null })
  resolvedAt: string | null;

  @Time({ about: 'When it is deleted, with all that was shown in it.', example: '2027-02-20T09:30:00.000Z' })
  keptUntil: string;

  @ListOf(() => JudgedMessageDto, { about: 'What was shown in it, in that order.', max: LIMITS.reportMessages })
  messages: JudgedMessageDto[];
}

export class ReportListDto extends PageDto {
  @ListOf(() => ReportDto, { about: 'Newest first.', max: LIMITS.pageItems })
  items: ReportDto[];
}

export function toNewReport({ id, username, reason, text, conversationId, messages = [] }: FileReportDto): NewReport {
  return {
    id: id as ReportId,
    username,
    reason,
    words: text ?? null,
    conversationId: (conversationId ?? null) as ConversationId | null,
    messages: messages.map(({ messageId, content, frankingKey }) => ({
      messageId: messageId as EntryId,
      content: bytesOf(content),
      frankingKey: frankingKey === undefined ? null : bytesOf(frankingKey),
    })),
  };
}

export function toReportDto(report: FiledReport, retentionDays: number): ReportDto {
  const { id, username, reason, filedAt, resolvedAt, messages } = report;
  return {
    ...{ id, username, reason, state: resolvedAt === null ? 'open' : 'resolved' },
    filedAt: filedAt.toISOString(),
    resolvedAt: resolvedAt?.toISOString() ?? null,
    keptUntil: keptUntil(filedAt, retentionDays).toISOString(),
    messages: [...messages],
  };
}
