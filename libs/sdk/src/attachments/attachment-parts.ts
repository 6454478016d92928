import type { OpenAccount } from '../account/open-account.js';
import type { MessageQueue } from '../messages/message-queue.js';
import type { Messages } from '../messages/messages.js';
import { Retries } from '../relay/retries.js';
import { Attachments } from './attachments.js';
import { BlobRemovals } from './blob-removals.js';
import { RelayBlobs } from './relay-blobs.js';
import { Uploads } from './uploads.js';

interface Surroundings {
  readonly account: Pick<OpenAccount, 'store' | 'relay'>;
  readonly queue: MessageQueue;
  readonly messages: Pick<Messages, 'get' | 'history'>;
  /** Told that the relay has a file to delete. */
  readonly onRemoval: () => void;
  readonly nowMs: () => number;
  /** Aborted when the account is locked. */
  readonly locked: AbortSignal;
}

/** All that works on files while an account is open. */
export interface AttachmentWork {
  readonly attachments: Attachments;
  readonly uploads: Uploads;
  readonly removals: BlobRemovals;
  readonly retries: Retries;
}

export function attachmentParts({ account, messages, ...parts }: Surroundings): AttachmentWork {
  const blobs = new RelayBlobs(account.relay);
  const retries = new Retries();
  const uploads = new Uploads({ ...parts, account, blobs, retries });
  const attachments = new Attachments({ ...parts, messages, blobs, retries, uploads });
  return { attachments, uploads, removals: new BlobRemovals(account, blobs), retries };
}
