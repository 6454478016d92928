import { type ErrorCode, type GroupPlace, type MfaChallenge, PROTOCOL_RANGE } from '#protocol';

/** One field of the request that was not acceptable. */
export interface FieldError {
  /** JSON Pointer into the request. */
  readonly path: string;
  readonly message: string;
}

/** Versions of the protocol, first and last. */
export interface ProtocolRange {
  readonly min: number;
  readonly max: number;
}

interface RefusalDetails {
  readonly retryAfterSeconds?: number;
  readonly errors?: readonly FieldError[];
  readonly group?: GroupPlace;
  /** Of what was to be replaced; 0 if it was never there. */
  readonly currentVersion?: number;
  readonly supported?: ProtocolRange;
  /** The second factor that is asked for. */
  readonly mfa?: MfaChallenge;
  /** When the account is deleted, unless its owner keeps it. */
  readonly deletionDueAt?: Date;
}

/** Base of every refusal: an expected answer with a stable code, never a fault of ours. */
export abstract class Refusal extends Error {
  readonly retryAfterSeconds: number | undefined;
  readonly errors: readonly FieldError[] | undefined;
  readonly group: GroupPlace | undefined;
  readonly currentVersion: number | undefined;
  readonly supported: ProtocolRange | undefined;
  readonly mfa: MfaChallenge | undefined;
  readonly deletionDueAt: Date | undefined;

  protected constructor(
    readonly code: ErrorCode,
    message: string,
    details: RefusalDetails = {},
  ) {
    super(message);
    this.name = new.target.name;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.errors = details.errors;
    this.group = details.group;
    this.currentVersion = details.currentVersion;
    this.supported = details.supported;
    this.mfa = details.mfa;
    this.deletionDueAt = details.deletionDueAt;
  }
}

/** "Absent" and "not yours" are one answer, so that a stranger learns nothing from asking. */
export class NotFound extends Refusal {
  constructor(noun = 'resource') {
    super('not_found', `There is no such ${noun}, or it is not yours to see.`);
  }
}

export class InvalidRequest extends Refusal {
  constructor(errors: readonly FieldError[]) {
    super('invalid_request', 'The request does not have the documented form.', { errors });
  }
}

export class RateLimited extends Refusal {
  constructor(retryAfterSeconds: number) {
    super('rate_limited', 'Too many requests of this kind.', { retryAfterSeconds });
  }
}

/** Something of ours is down or full; the same request may succeed later. */
export class Unavailable extends Refusal {
  constructor(message = 'The relay cannot serve this right now.', retryAfterSeconds = 1) {
    super('unavailable', message, { retryAfterSeconds });
  }
}

export class Forbidden extends Refusal {
  constructor(message: string) {
    super('forbidden', message);
  }
}

/** The body is of another type than the route takes. */
export class UnsupportedMediaType extends Refusal {
  constructor() {
    super('unsupported_media_type', 'The route takes bodies of another type.');
  }
}

/** The client speaks another version than any of ours. */
export class UnsupportedProtocol extends Refusal {
  constructor() {
    super('unsupported_protocol', 'The relay does not speak this version of the protocol.', {
      supported: PROTOCOL_RANGE,
    });
  }
}
