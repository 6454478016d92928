import type { ErrorCode, GroupPlace, MfaChallenge } from '#protocol';
import { isOutage } from '../database/outage.js';
import { type FieldError, type ProtocolRange, Refusal, Unavailable } from './refusal.js';

/** HTTP status and title of every code (RFC 9457). */
export const PROBLEMS = {
  account_deletion_pending: { status: 403, title: 'Account is to be deleted' },
  account_quota_exceeded: { status: 429, title: 'Quota of the account exceeded' },
  account_suspended: { status: 403, title: 'Account is suspended' },
  already_member: { status: 409, title: 'Already a member' },
  attachment_quota_exceeded: { status: 429, title: 'Quota of attachments exceeded' },
  attachment_too_large: { status: 413, title: 'Attachment is too large' },
  commit_required: { status: 409, title: 'Only a commit changes this' },
  conflict: { status: 409, title: 'Conflict' },
  conversation_full: { status: 409, title: 'Conversation is full' },
  device_limit_reached: { status: 409, title: 'Too many devices' },
  device_not_listed: { status: 409, title: 'Device is not on the signed list' },
  factor_limit_reached: { status: 409, title: 'Too many second factors' },
  forbidden: { status: 403, title: 'Not allowed' },
  id_reused: { status: 409, title: 'Id already used' },
  internal: { status: 500, title: 'Internal error' },
  invalid_commit: { status: 400, title: 'Commit is not valid' },
  invalid_credentials: { status: 401, title: 'Wrong username or secret' },
  invalid_mfa_challenge: { status: 401, title: 'Challenge is not valid' },
  invalid_mfa_code: { status: 401, title: 'Second factor is not right' },
  invalid_refresh_token: { status: 401, title: 'Refresh token is not valid' },
  invalid_report: { status: 400, title: 'Report does not hold' },
  invalid_request: { status: 400, title: 'Request is not valid' },
  invalid_signature: { status: 400, title: 'Signature does not verify' },
  invalid_token: { status: 401, title: 'Access token is missing or not valid' },
  invitation_invalid: { status: 403, title: 'Invitation is not valid' },
  invitation_required: { status: 403, title: 'Registering takes an invitation' },
  kdf_too_weak: { status: 400, title: 'Key derivation is too weak' },
  last_owner: { status: 409, title: 'A group needs an owner' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  mfa_not_set_up: { status: 403, title: 'No second factor is set up' },
  mfa_required: { status: 401, title: 'A second factor is needed' },
  not_found: { status: 404, title: 'Not found' },
  payload_too_large: { status: 413, title: 'Payload too large' },
  precondition_failed: { status: 412, title: 'Precondition is not met' },
  precondition_required: { status: 428, title: 'A version is needed' },
  push_unsupported: { status: 409, title: 'Devices are not woken in this way' },
  range_not_satisfiable: { status: 416, title: 'Range is outside the attachment' },
  rate_limited: { status: 429, title: 'Too many requests' },
  refresh_token_reused: { status: 401, title: 'Refresh token was used before' },
  registration_closed: { status: 403, title: 'Registration is closed' },
  removal_pending: { status: 409, title: 'A device has to be removed first' },
  stale_epoch: { status: 409, title: 'Epoch is not current' },
  stale_version: { status: 409, title: 'Version is not current' },
  storage_full: { status: 507, title: 'No room for attachments' },
  too_many_connections: { status: 429, title: 'Too many connections' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  unsupported_protocol: { status: 400, title: 'Version of the protocol is not spoken' },
  unsupported_tus_version: { status: 412, title: 'Version of tus is not spoken' },
  upload_offset_mismatch: { status: 409, title: 'Upload goes on at another offset' },
  username_taken: { status: 409, title: 'Username is taken' },
  vault_full: { status: 409, title: 'Vault is full' },
} as const satisfies Record<ErrorCode, { status: number; title: string }>;

/** What leaves the relay when it refuses, over HTTP and sockets alike. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail?: string;
  readonly retryAfterSeconds?: number;
  readonly errors?: readonly FieldError[];
  readonly group?: GroupPlace;
  readonly currentVersion?: number;
  readonly supported?: ProtocolRange;
  readonly mfa?: MfaChallenge;
  readonly deletionDueAt?: string;
}

export function problemOf(code: ErrorCode, detail?: string): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: `urn:sealpost:problem:${code}`, title, status, code, ...(detail === undefined ? {} : { detail }) };
}

/** The problem for anything that was thrown; `undefined` when it is neither a refusal nor an outage, and so a fault of ours. */
export function problemOfRefusal(thrown: unknown): Problem | undefined {
  const refusal = isOutage(thrown) ? new Unavailable() : thrown;
  if (!(refusal instanceof Refusal)) return undefined;
  const { code, message, retryAfterSeconds, errors, group, currentVersion, supported, mfa, deletionDueAt } = refusal;
  return {
    ...problemOf(code, message),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(errors === undefined ? {} : { errors }),
    ...(group === undefined ? {} : { group }),
    ...(currentVersion === undefined ? {} : { currentVersion }),
    ...(supported === undefined ? {} : { supported }),
    ...(mfa === undefined ? {} : { mfa }),
    ...(deletionDueAt === undefined ? {} : { deletionDueAt: deletionDueAt.toISOString() }),
  };
}
