/**
 * What an account's security events tell of. Texts of the protocol: they never change their meaning, and further ones may
 * follow.
 */
export const AUDIT_EVENT_KINDS = [
  'account_deleted',
  'account_deletion_asked',
  'account_deletion_cancelled',
  'account_recovered',
  'account_registered',
  'confirmation_failed',
  'device_added',
  'device_list_signed',
  'device_revoked',
  'identity_key_replaced',
  'identity_key_reset',
  'identity_key_set',
  'keys_handed_over',
  'mfa_code_used',
  'mfa_codes_made',
  'mfa_device_trusted',
  'mfa_factor_added',
  'mfa_factor_removed',
  'mfa_failed',
  'mfa_trust_removed',
  'password_changed',
  'recovery_failed',
  'recovery_removed',
  'recovery_set',
  'refresh_token_reused',
  'report_filed',
  'retention_run',
  'session_ended',
  'sign_in_failed',
  'signed_in',
  'signed_out',
] as const;

/** One of {@link AUDIT_EVENT_KINDS}. */
export type AuditEventKind = (typeof AUDIT_EVENT_KINDS)[number];

/** Who did it: the owner of the account, somebody whom the relay did not know, or the relay by itself. */
export const AUDIT_ACTORS = ['owner', 'relay', 'unknown'] as const;

/** One of {@link AUDIT_ACTORS}. */
export type AuditActor = (typeof AUDIT_ACTORS)[number];
