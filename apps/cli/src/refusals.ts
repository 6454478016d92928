import { UsageError } from './arguments.js';

/** What a command will not do, in words for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

const WORDS: Readonly<Record<string, string>> = {
  EEXIST: 'There is a file of that name already.',
  ENOENT: 'There is no such file.',
  invalid_credentials: 'The username or the password is wrong, or this device was put out.',
  invalid_mfa_code: 'This code is not right, or was used before.',
  invalid_mfa_challenge: 'That took too long, or too many codes: begin again.',
  account_suspended: 'An admin has suspended this account.',
  mfa_not_set_up: 'This takes a second factor: add one first, with “mfa totp”.',
  mfa_required: 'This takes a second factor.',
  factor_limit_reached: 'There are as many second factors of this kind as there may be: remove one.',
  wrong_password: 'The password is wrong.',
  weak_password: 'This password is too easily found: it is short, common, or little more than a name.',
  no_account: 'There is no account here yet: register, or sign in.',
  account_exists: 'There is an account here already: sign out first, or name another --home.',
  account_deletion_pending: 'This account is to be deleted. To keep it, sign in: --cancel-deletion.',
  username_taken: 'Somebody has that username already.',
  registration_closed: 'Nobody can register at this relay.',
  invitation_required: 'This relay wants an invitation: --invitation CODE',
  invitation_invalid: 'The invitation is not valid, or not any more.',
  not_found: 'There is nobody of that name, or nobody who wants to hear from you.',
  not_a_member: 'You are not in this conversation any more.',
  forbidden: 'You may not do that in this group.',
  not_a_code: 'That is no code of a device that waits to be linked.',
  linking_expired: 'The two minutes are over, or no device waits there: begin anew.',
  linking_rejected: 'The other device has rejected this one.',
  invalid_report: 'The relay knows this message otherwise, or of somebody else. Nothing was reported.',
  rate_limited: 'The relay asks for patience: too much at once. Try again later.',
  attachment_gone: 'The relay does not have this file any more.',
  attachment_not_authentic: 'What the relay has is not the file that was sent.',
  attachment_quota_exceeded: 'The relay takes no more files of yours for now.',
  attachment_too_large: 'The relay takes no file as large as this.',
  not_an_attachment: 'This message is about no file.',
  relay_unreachable: 'The relay cannot be reached.',
  store_in_use: 'Another sealpost program uses this home: end it, or name another --home.',
  identity_changed: 'Somebody’s key is not the one you verified. Compare again: verify <username>.',
  invalid_token: 'The session of this device has ended.',
  invalid_refresh_token: 'The session of this device has ended.',
  refresh_token_reused: 'The session of this device has ended.',
  kdf_too_costly: 'The relay asks for more work on the password than is reasonable.',
};

/** One line for people, without a stack. */
export function wordsFor(error: unknown): string {
  const code = codeOf(error);
  const words = code === undefined ? undefined : WORDS[code];
  if (words !== undefined) return words;
  const message = error instanceof Error ? error.message : 'Something went wrong.';
  const [line = ''] = message.split('\n');
  return code === undefined || error instanceof Refusal ? line : `${line} (${code})`;
}

/** For what the relay refused earlier. */
export function wordsForCode(code: string): string {
  return WORDS[code] ?? `The relay refuses: ${code}.`;
}

/** 2 for a command line that nobody can carry out, 1 for everything else. */
export function exitCodeFor(error: unknown): number {
  return error instanceof UsageError ? 2 : 1;
}

/** Whether this device will hear nothing more. */
export function isEndOfSession(error: unknown): boolean {
  return ['invalid_token', 'invalid_refresh_token', 'refresh_token_reused'].includes(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
