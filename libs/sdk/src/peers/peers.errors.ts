/** Every way in which the directory of peers refuses. Codes never change their meaning. */
export type PeerErrorCode =
  /** The relay's history of keys is shorter than one it gave before. */
  | 'history_rolled_back'
  /** A key that the relay gave before, or that the user has verified, is another one now. */
  | 'history_forked'
  /** The relay's list of devices is older than one it gave before, or is gone. */
  | 'list_rolled_back'
  /** The list is another one of the same version, or does not go on from the one before. */
  | 'list_forked'
  /** The account has not signed what the relay says of it. */
  | 'not_signed'
  /** The relay answers with another account than was asked for. */
  | 'wrong_account'
  /** No answer of the form that docs/protocol.md gives. */
  | 'malformed'
  /** More than anybody has; nothing of it has been looked at. */
  | 'too_large'
  /** Nobody knows an identity key of this account: refresh it first. */
  | 'unknown_peer'
  /** The identity key is not the one that was verified: the user decides. */
  | 'identity_changed'
  /** The fingerprint is not that of the peer's newest key. */
  | 'key_mismatch'
  /** What was scanned is no verification code. */
  | 'not_a_code'
  /** What was scanned is the code of somebody else than was meant. */
  | 'other_account';

/** It is not believed, and nothing of it has been stored. No message of these names anybody: they end up in logs. */
export class PeerError extends Error {
  override readonly name = 'PeerError';

  constructor(
    readonly code: PeerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Nobody is known of that id. */
export function unknownPeer(): PeerError {
  return new PeerError('unknown_peer', 'No identity key of this account is known.');
}
