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
  'account_suspended',
  'account_unsuspended',
  'admin_announced',
  'admin_asked_mfa_reset',
  'admin_declined_mfa_reset',
  'admin_ended_sessions',
  'admin_granted',
  'admin_made_invitation',
  'admin_reset_mfa',
  'admin_revoked',
  'admin_revoked_invitation',
  'admin_set_limits',
  'admin_set_quotas',
  'admin_set_registration',
  'admin_set_retention',
  'admin_suspended',
  'admin_unsuspended',
  'admin_withdrew_announcement',
  'confirmation_failed',
  'device_added',
  'device_list_signed',
  'device_revoked',
  'identity_key_replaced',
  'identity_key_reset',
  'identity_key_set',
  'keys_handed_over',
  'limits_set',
  'mfa_code_used',
  'mfa_codes_made',
  'mfa_device_trusted',
  'mfa_factor_added',
  'mfa_factor_removed',
  'mfa_failed',
  'mfa_reset',
  'mfa_reset_asked',
  'mfa_reset_declined',
  'mfa_trust_removed',
  'password_changed',
  'quotas_set',
  'recovery_failed',
  'recovery_removed',
  'recovery_set',
  'refresh_token_reused',
  'relay_restored',
  'report_filed',
  'retention_run',
  'session_ended',
  'sessions_ended',
  'sign_in_failed',
  'signed_in',
  'signed_out',
] as const;

/** One of {@link AUDIT_EVENT_KINDS}. */
export type AuditEventKind = (typeof AUDIT_EVENT_KINDS)[number];

/** Who did it: an admin, who runs the relay, the owner of the account, the relay by itself, or somebody whom it did not know. */
export const AUDIT_ACTORS = ['admin', 'operator', 'owner', 'relay', 'unknown'] as const;

/** One of {@link AUDIT_ACTORS}. */
export type AuditActor = (typeof AUDIT_ACTORS)[number];
