/** Why somebody is reported. */
export const REPORT_REASONS = [
  'spam',
  'harassment',
  'threats',
  'sexual_content',
  'child_abuse',
  'impersonation',
  'illegal',
  'other',
] as const;

/** One of {@link REPORT_REASONS}. */
export type ReportReason = (typeof REPORT_REASONS)[number];

/** Whether the operator has dealt with it. */
export const REPORT_STATES = ['open', 'resolved'] as const;

/** One of {@link REPORT_STATES}. */
export type ReportState = (typeof REPORT_STATES)[number];

/**
 * What the relay found of a message that a report shows: that its sender wrote just that, or nothing, since it has the message no
 * more, no key came with it, or it is from before senders committed to what they say. What is not so is refused.
 */
export const REPORT_VERDICTS = ['verified', 'unverifiable'] as const;

/** One of {@link REPORT_VERDICTS}. */
export type ReportVerdict = (typeof REPORT_VERDICTS)[number];

/** What somebody says in a report: lines of text, without other control characters. */
export const REPORT_TEXT_PATTERN = '^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f]*$';
