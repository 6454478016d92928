import { MalformedMlsError } from '#protocol';

/** Every way in which MLS refuses. Codes never change their meaning. */
export type MlsErrorCode =
  /** Larger than the protocol allows; nothing of it has been read. */
  | 'too_large'
  /** No MLS message, key package or tree of the form that is used here (docs/protocol.md). */
  | 'malformed'
  /** Of a cipher suite that is not used here, or not that of the group. */
  | 'wrong_suite'
  /** Of another group, conversation or generation. */
  | 'wrong_group'
  /** Of an epoch whose keys are gone, or a commit that has been followed already. */
  | 'epoch_passed'
  /** Of an epoch that this group has not reached: a commit before it is missing. */
  | 'epoch_ahead'
  /** Decrypted before, or skipped so long ago that its key is gone. */
  | 'replayed'
  /** So many messages of its sender are missing before it that its key is out of reach. */
  | 'too_far_ahead'
  /** A signature, tag, hash or ciphertext does not hold. */
  | 'not_authentic'
  /** The judge does not vouch for the key of a device. */
  | 'not_trusted'
  /** A key package that has expired, is not valid yet, or would be for too long. */
  | 'lifetime'
  /** A change that nobody may make, whoever signed it. */
  | 'not_allowed'
  /** The group would have more devices than the protocol allows. */
  | 'too_many_devices'
  /** A commit of this very device: it follows that by what it kept when it made it. */
  | 'own_commit'
  /** A Welcome that lets in another key package. */
  | 'not_for_us'
  /** This device has no leaf in the group. */
  | 'not_a_member'
  /** What was stored of a group or key package cannot be read. */
  | 'bad_state';

/** MLS refuses: the group is as it was. */
export class MlsError extends Error {
  override readonly name = 'MlsError';

  constructor(
    readonly code: MlsErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The judge has given no judgement but thrown; that is no matter of MLS, and leaves as it came. */
export class NotJudgedError extends Error {
  constructor(cause: unknown) {
    super('The judge has failed.', { cause });
  }
}

/** What ts-mls 1.6.4 says of failures that clients must tell apart. */
const KNOWN: Readonly<Record<string, MlsErrorCode>> = {
  'Desired gen in the past': 'replayed',
  'Desired generation too far in the future': 'too_far_ahead',
  'Could not validate credential': 'not_trusted',
  'Invalid CipherSuite': 'wrong_suite',
  'No matching secret found': 'not_for_us',
};

/** Runs what reads foreign bytes: whatever it throws leaves as an {@link MlsError}, but for the judge's own errors. */
export async function refusing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotJudgedError) throw error.cause;
    throw error instanceof MlsError ? error : refusal(error);
  }
}

function refusal(error: unknown): MlsError {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (cause instanceof MalformedMlsError || cause.name === 'CodecError')
    return new MlsError('malformed', cause.message, { cause });
  const code = KNOWN[cause.message] ?? 'not_authentic';
  return new MlsError(code, 'MLS does not accept it.', { cause });
}
