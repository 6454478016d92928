/**
 * Every way the relay refuses. The codes are part of the protocol: they never change their meaning,
 * while titles and details are for people and may.
 */
export const ERROR_CODES = [
  'account_quota_exceeded',
  'already_member',
  'commit_required',
  'conflict',
  'conversation_full',
  'device_limit_reached',
  'device_not_listed',
  'forbidden',
  'id_reused',
  'internal',
  'invalid_commit',
  'invalid_credentials',
  'invalid_refresh_token',
  'invalid_request',
  'invalid_signature',
  'invalid_token',
  'kdf_too_weak',
  'last_owner',
  'method_not_allowed',
  'not_found',
  'payload_too_large',
  'precondition_failed',
  'precondition_required',
  'rate_limited',
  'refresh_token_reused',
  'removal_pending',
  'stale_epoch',
  'stale_version',
  'too_many_connections',
  'unavailable',
  'unsupported_media_type',
  'unsupported_protocol',
  'username_taken',
  'vault_full',
] as const;

/** One of {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];
