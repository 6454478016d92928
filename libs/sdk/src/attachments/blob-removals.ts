import { v7 } from 'uuid';
import type { OpenAccount } from '../account/open-account.js';
import { isRefusal } from '../relay/relay.errors.js';
import type { SealedPut } from '../store/sealed-store.js';
import { everyRow, startingWith } from '../store/store.js';
import type { RelayBlobs } from './relay-blobs.js';
import { REMOVAL_PREFIX, REMOVALS } from './upload-record.js';

/** Asked again, the relay would say the same: there is nothing of it, or nothing that this account may delete. */
const FINAL = ['not_found', 'forbidden', 'invalid_request', 'conflict', 'method_not_allowed'] as const;

/** What has a file deleted at the relay, once it can be reached: to be stored with whatever is the reason for it. */
export function removalPut(attachmentId: string): SealedPut {
  return REMOVALS.put(`${REMOVAL_PREFIX}${v7()}`, { attachmentId });
}

/** Has the relay delete what nobody is to fetch any more. */
export class BlobRemovals {
  constructor(
    private readonly account: Pick<OpenAccount, 'store'>,
    private readonly blobs: Pick<RelayBlobs, 'remove'>,
  ) {}

  /** @throws as `RelayClient` does; what is left is done the next time. */
  async run(): Promise<void> {
    const { store } = this.account;
    for await (const { key, record } of everyRow(
      (range) => store.scan(REMOVALS, range),
      startingWith(REMOVAL_PREFIX),
    )) {
      await this.remove(record.attachmentId);
      await store.write({ delete: [{ table: REMOVALS.table, key }] });
    }
  }

  private async remove(attachmentId: string): Promise<void> {
    try {
      await this.blobs.remove(attachmentId);
    } catch (error) {
      if (!isRefusal(error, ...FINAL)) throw error;
    }
  }
}
