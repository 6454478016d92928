import type { AccountId, ConversationId, EntryId, ReportId, ReportReason, ReportVerdict } from '#protocol';

/** A message as whoever reports has opened it. */
export interface OpenedMessage {
  readonly messageId: EntryId;
  readonly content: Buffer;
  /** Null where whoever reports has none: then nothing can be said of it. */
  readonly frankingKey: Buffer | null;
}

/** What somebody reports. */
export interface NewReport {
  readonly id: ReportId;
  /** Who is reported. */
  readonly username: string;
  readonly reason: ReportReason;
  readonly words: string | null;
  readonly conversationId: ConversationId | null;
  readonly messages: readonly OpenedMessage[];
}

/** A message that is shown, and what the relay found of it. */
export interface Evidence {
  readonly messageId: EntryId;
  readonly content: Buffer;
  /** When the relay had it; null if it has it no more. */
  readonly sentAt: Date | null;
  readonly verdict: ReportVerdict;
}

/** A report as it is stored. */
export interface ReportToFile extends Pick<NewReport, 'id' | 'reason' | 'words' | 'conversationId'> {
  readonly reportedId: AccountId;
  readonly evidence: readonly Evidence[];
  readonly at: Date;
}

/** A report as whoever filed it sees it. */
export interface FiledReport {
  readonly id: ReportId;
  readonly username: string;
  readonly reason: string;
  readonly filedAt: Date;
  readonly resolvedAt: Date | null;
  readonly messages: readonly Pick<Evidence, 'messageId' | 'verdict'>[];
}
