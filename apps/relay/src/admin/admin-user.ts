import type { AccountId } from '#protocol';

export const USER_STATES = ['active', 'suspended'] as const;

/** Why nobody signs in to an account. */
export interface Suspension {
  readonly at: Date;
  /** The admin; `null` once that account is deleted. */
  readonly by: string | null;
  readonly reason: string;
}

/**
 * An account as admins see it. Whom it knows, what it is in and what it says have no place here, nor anything that would count
 * them: test/blindness/admin-sight.e2e-spec.ts has the list of all that has.
 */
export interface AdminUser {
  readonly id: AccountId;
  readonly username: string;
  readonly displayName: string;
  readonly createdAt: Date;
  readonly isAdmin: boolean;
  readonly suspension: Suspension | null;
  /** No more than the day. */
  readonly lastSeenDay: string | null;
  readonly devices: number;
  readonly sessions: number;
  readonly hasSecondFactor: boolean;
  /** Of what it keeps: attachments it has uploaded, and its vault. */
  readonly storedBytes: number;
}
