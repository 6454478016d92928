/** What an account may otherwise than all; null where it is as for all. */
export interface Allowance {
  /** Ciphertext of all attachments. */
  readonly attachmentBytes: number | null;
  /** Ciphertext uploaded within 24 hours. */
  readonly attachmentBytesPerDay: number | null;
  /** Of the rate limits, in percent, and until when. */
  readonly limits: { readonly percent: number; readonly until: Date } | null;
}

export type QuotaAllowance = Pick<Allowance, 'attachmentBytes' | 'attachmentBytesPerDay'>;

export const AS_FOR_ALL: Allowance = { attachmentBytes: null, attachmentBytesPerDay: null, limits: null };
