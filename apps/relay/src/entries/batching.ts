import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config.js';

/** Two batches overlap their commits; a third would only make each smaller. */
const MOST_BATCHES = 2;
/**
 * So many drafts are worth a second batch beside the one in flight. Fewer wait for it and make one batch of their own, since
 * most of a small batch's cost does not depend on its size: at 1,000 messages/s that is a sixth less CPU, and p50 falls by a third.
 */
const WORTH_A_SECOND_BATCH = 32;

/** How the writer makes batches, which depends on where the database keeps conversations. */
@Injectable()
export class Batching {
  /** In flight at once. */
  readonly mostBatches: number;
  /** So many drafts that wait are worth another batch beside those in flight. */
  readonly worthAnother: number;
  /** Of which one batch has drafts. */
  readonly mostConversations: number;

  /**
   * One conversation in each batch where each may be on a server of its own: batches are small, then, and it is by their number that
   * all servers are at work. They take half of the connections at most, and leave the rest to whoever reads.
   */
  constructor(@Inject(CONFIG) config: Pick<Config, 'DATABASE_SHARDS' | 'DATABASE_POOL_SIZE'>) {
    const isByConversation = config.DATABASE_SHARDS === 'conversation';
    this.mostBatches = isByConversation ? Math.floor(config.DATABASE_POOL_SIZE / 2) : MOST_BATCHES;
    this.worthAnother = isByConversation ? 1 : WORTH_A_SECOND_BATCH;
    this.mostConversations = isByConversation ? 1 : Number.MAX_SAFE_INTEGER;
  }
}
