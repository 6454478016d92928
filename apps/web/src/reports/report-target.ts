import type { MessageRecord } from '#sdk';

/** Who is reported, and where it happened. */
export interface ReportTarget {
  readonly accountId: string;
  readonly username: string;
  /** A conversation with them. */
  readonly conversationId?: string;
  /** A message of theirs that it is about. */
  readonly record?: MessageRecord;
}
