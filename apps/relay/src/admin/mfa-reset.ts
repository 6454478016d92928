import type { AccountId, MfaResetId } from '#protocol';

/** Second factors that an admin wants to reset, as the others see it. */
export interface MfaReset {
  readonly id: MfaResetId;
  readonly accountId: AccountId;
  readonly username: string;
  readonly askedById: AccountId;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly expiresAt: Date;
}
