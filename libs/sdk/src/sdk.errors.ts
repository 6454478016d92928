import type { ErrorCode } from '#protocol';

/** Every way a store refuses. */
export type StoreErrorCode =
  | 'store_conflict'
  | 'store_in_use'
  | 'store_closed'
  | 'store_full'
  | 'store_locked'
  | 'store_out_of_bounds'
  | 'store_failed';

/** Every way an account refuses by itself, whatever the relay says. */
export type AccountErrorCode =
  | 'wrong_password'
  /** It is too short, among the commonest, or little more than a name: another one has to be chosen. */
  | 'weak_password'
  | 'no_account'
  | 'account_exists'
  | 'kdf_changed'
  | 'vault_rolled_back'
  | 'relay_not_trusted'
  /** It is no export, is of a later version, was broken off or changed. */
  | 'not_an_export'
  | 'wrong_passphrase'
  /** What another account has read is nothing for this one. */
  | 'export_of_another_account'
  /** The two minutes are over, or nobody waits there. */
  | 'linking_expired'
  /** Whoever holds both devices has found that the words differ, or does not want the new one. */
  | 'linking_rejected';

/** Every way in which conversations refuse by themselves. */
export type GroupErrorCode =
  /** There is no such conversation on this device. */
  | 'unknown_conversation'
  /** There is no such message on this device. */
  | 'unknown_message'
  /** No whole seconds, or more than a year. */
  | 'invalid_lifetime'
  /** Only who wrote a message may delete it. */
  | 'not_the_author'
  /** This account has left the conversation, or was removed from it. */
  | 'not_a_member'
  /** This device is in the conversation and not in its group: another one has to bring it in. */
  | 'not_in_group'
  /** Others change the group faster than this device can. */
  | 'busy'
  /** The relay was restored from a backup: its logs are others than before. */
  | 'relay_restored'
  /** The account is not open: unlock it, or sign in. */
  | 'locked';

/** Every way in which files are refused by this device itself. */
export type AttachmentErrorCode =
  /** The relay does not have it: it was taken back, its time is over, or it is not to be seen by this account. */
  | 'attachment_gone'
  /** It is not what its sender has sent: cut off, changed, or another one. */
  | 'attachment_not_authentic'
  /** The message is about no file. */
  | 'not_an_attachment'
  /** What is said of the file is out of bounds: its name, its picture, its life, or all of it together. */
  | 'invalid_attachment'
  /** The file has other bytes than it said, or than it had when its upload was begun. */
  | 'file_changed'
  /** There is no unfinished upload of that id on this device. */
  | 'unknown_upload';

/** Every way the SDK refuses; those of `#protocol` are the relay's. Codes never change their meaning. */
export type SdkErrorCode =
  | ErrorCode
  | StoreErrorCode
  | AccountErrorCode
  | GroupErrorCode
  | AttachmentErrorCode
  | 'relay_unreachable'
  | 'worker_ended';

/** What the SDK throws by itself. No message has a key, a name or a content in it: they end up in logs. */
export abstract class SdkError extends Error {
  abstract readonly code: SdkErrorCode;
}
