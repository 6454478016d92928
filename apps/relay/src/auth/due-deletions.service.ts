import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { RoundsService } from '../platform/clock/rounds.js';
import { Unavailable } from '../platform/errors/refusal.js';
import { Log } from '../platform/logging/log.js';
import { AccountRemoval } from './account-removal.service.js';
import { AccountRemovalStore, type DueAccount } from './account-removal.store.js';

const EVERY_MS = 60_000;
const BATCH = 20;
/** Nobody can keep an account that is due. So long a relay waits all the same, since another's clock may be behind. */
const GRACE_MS = 60_000;

/** Deletes accounts whose owners asked for it, and did not think again. */
@Injectable()
export class DueDeletions extends RoundsService {
  constructor(
    private readonly store: AccountRemovalStore,
    private readonly removal: AccountRemoval,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'deletion of due accounts failed' });
  }

  protected override round(): Promise<void> {
    return this.sweep();
  }

  /** Deletes all that is due by now. One that cannot be deleted does not keep the others waiting. */
  async sweep(): Promise<void> {
    const by = new Date(this.clock.millis() - GRACE_MS);
    let after: DueAccount | undefined;
    do {
      const batch = await this.store.due(by, { after, limit: BATCH });
      for (const account of batch) if (!this.isStopping) await this.remove(account);
      after = batch.length === BATCH ? batch.at(-1) : undefined;
    } while (after !== undefined && !this.isStopping);
  }

  private async remove({ id: accountId }: DueAccount): Promise<void> {
    try {
      const at = this.clock.now();
      await this.removal.remove(accountId, { kind: 'account_deleted', at, actor: 'relay', accountId });
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      this.log.error('deletion of a due account failed', {}, error);
    }
  }
}
