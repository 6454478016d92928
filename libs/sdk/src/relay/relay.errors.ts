import { ERROR_CODES, type ErrorCode, type GroupPlace, type MfaChallenge } from '#protocol';
import { SdkError } from '../sdk.errors.js';

/** What is read of a problem document (RFC 9457). */
export interface Problem {
  readonly code: string;
  readonly status: number;
  readonly detail?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly group?: GroupPlace | undefined;
  readonly currentVersion?: number | undefined;
  readonly mfa?: MfaChallenge | undefined;
  readonly deletionDueAt?: string | undefined;
}

/** For codes of later versions, which a client takes by their status. */
const CODES_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  401: 'invalid_token',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  412: 'precondition_failed',
  413: 'payload_too_large',
  428: 'precondition_required',
  429: 'rate_limited',
  503: 'unavailable',
};

const RETRYABLE: readonly ErrorCode[] = ['rate_limited', 'unavailable', 'internal', 'too_many_connections'];

/** The relay has answered, and refuses. */
export class RelayRefusal extends SdkError {
  override readonly name = 'RelayRefusal';
  /** One that this version does not know is taken by its status. */
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Where the MLS group stands, when it is about that. */
  readonly group: GroupPlace | undefined;
  /** Of what was to be replaced. */
  readonly currentVersion: number | undefined;
  /** The second factor that is asked for: `mfa.stepUp` shows one. */
  readonly mfa: MfaChallenge | undefined;
  /** When an account is deleted that is to be. */
  readonly deletionDueAt: string | undefined;

  constructor(problem: Problem) {
    const code = ERROR_CODES.find((known) => known === problem.code);
    super(`The relay refuses: ${code ?? `status ${String(problem.status)}`}.`);
    this.status = problem.status;
    this.code = code ?? CODES_BY_STATUS[problem.status] ?? (problem.status < 500 ? 'invalid_request' : 'internal');
    this.detail = problem.detail;
    this.retryAfterSeconds = problem.retryAfterSeconds;
    this.group = problem.group;
    this.currentVersion = problem.currentVersion;
    this.mfa = problem.mfa;
    this.deletionDueAt = problem.deletionDueAt;
  }
}

/** No answer of the relay came in time: whether it has done what was asked is not known. Ask again, the very same. */
export class RelayUnreachableError extends SdkError {
  override readonly name = 'RelayUnreachableError';
  readonly code = 'relay_unreachable';
  readonly retryAfterSeconds: number | undefined;

  constructor(options: ErrorOptions & { retryAfterSeconds?: number | undefined } = {}) {
    super('The relay cannot be reached.', options);
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Whether the same may succeed later. */
export function isRetryable(error: unknown): error is RelayRefusal | RelayUnreachableError {
  if (error instanceof RelayUnreachableError) return true;
  return error instanceof RelayRefusal && RETRYABLE.includes(error.code);
}

/** Whether the relay has refused with one of these codes. */
export function isRefusal(error: unknown, ...codes: readonly ErrorCode[]): error is RelayRefusal {
  return error instanceof RelayRefusal && codes.includes(error.code);
}
