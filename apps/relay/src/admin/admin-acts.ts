import type { AccountId, AuditEventKind } from '#protocol';
import { type AuditEvent, byOwner } from '../audit/index.js';
import type { Caller } from '../platform/http/caller.js';

/** What admins do to accounts: what the log says of the account, and what of the admin. */
const ACTS = {
  suspend: ['account_suspended', 'admin_suspended'],
  unsuspend: ['account_unsuspended', 'admin_unsuspended'],
  endSessions: ['sessions_ended', 'admin_ended_sessions'],
  askMfaReset: ['mfa_reset_asked', 'admin_asked_mfa_reset'],
  resetMfa: ['mfa_reset', 'admin_reset_mfa'],
  setQuotas: ['quotas_set', 'admin_set_quotas'],
  setLimits: ['limits_set', 'admin_set_limits'],
  declineMfaReset: ['mfa_reset_declined', 'admin_declined_mfa_reset'],
} as const satisfies Record<string, readonly [AuditEventKind, AuditEventKind]>;

export type AdminAct = keyof typeof ACTS;

/** Somebody to whom an admin does something. */
export interface Acting {
  readonly caller: Caller;
  readonly targetId: AccountId;
  readonly at: Date;
}

/**
 * Two records for the log, each for its owner to see: that it was done to the account, which says nothing of the admin; and that the
 * admin did it, from where and to whom.
 */
export function recordsOf(act: AdminAct, { caller, targetId, at }: Acting): [AuditEvent, AuditEvent] {
  const [done, doing] = ACTS[act];
  return [
    { kind: done, at, actor: 'admin', accountId: targetId },
    { ...byOwner(caller, doing, at), subjectId: targetId },
  ];
}
