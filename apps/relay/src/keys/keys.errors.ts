import { Refusal } from '../platform/errors/refusal.js';

/** Somebody else rotated meanwhile, or the caller does not know that there is a key. */
export class StaleKeyVersion extends Refusal {
  constructor() {
    super(
      'stale_version',
      'The identity key has another version. Read it, and name the version that is to be replaced.',
    );
  }
}

export class KeySignatureInvalid extends Refusal {
  constructor() {
    super('invalid_signature', 'A new identity key must be signed by the current one, over the bytes of its link.');
  }
}

export class KeyNotWellFormed extends Refusal {
  constructor() {
    super('invalid_request', 'The public key is not one of its algorithm.', {
      errors: [{ path: '/publicKey', message: 'is not a raw public key of the algorithm' }],
    });
  }
}

export class KeyProofMissing extends Refusal {
  constructor() {
    super('invalid_request', 'Replacing an identity key takes either a signature or a reset with the authKey.', {
      errors: [{ path: '/signature', message: 'or else reset with authKey is required' }],
    });
  }
}
