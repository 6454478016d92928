import type { ConversationBook } from '../conversations/conversation-book.js';
import type { PeerDirectory } from '../peers/peer-directory.js';
import type { VerifiedContact } from '../peers/verified-contacts.js';
import type { SealedStore } from '../store/sealed-store.js';
import type { EventHub } from '../sync/events.js';
import type { Lanes } from '../sync/lanes.js';
import type { Synchronizer } from '../sync/synchronizer.js';
import type { HistoryBatch } from './history-batch.js';
import { HistoryTaker } from './history-taker.js';

/** What taking over a history leans on. */
interface TakingParts {
  readonly store: SealedStore;
  readonly book: ConversationBook;
  readonly peers: PeerDirectory;
  readonly sync: Synchronizer;
  readonly lanes: Lanes;
  readonly events: EventHub;
}

/** Takes what was archived batch by batch: decisions about contacts, and what stood in logs. */
export class BatchTaker {
  private readonly taker: HistoryTaker;

  constructor(private readonly parts: TakingParts) {
    this.taker = new HistoryTaker(parts.store);
  }

  /** @returns where something can be read that could not before. */
  async take(batch: HistoryBatch): Promise<string[]> {
    await this.learn(batch.contacts);
    const taken: string[] = [];
    for (const conversation of batch.conversations) {
      await this.follows(conversation);
      if (await this.parts.lanes.run(conversation.id, () => this.taker.take(conversation))) taken.push(conversation.id);
    }
    return taken;
  }

  async learn(contacts: readonly VerifiedContact[]): Promise<void> {
    if (await this.parts.peers.import(contacts)) this.parts.events.tell([{ kind: 'contacts' }]);
  }

  /** As far as the archive: the log says what stood there. By `sync`, which lets this device into its groups first. */
  private async follows({ id, messages }: HistoryBatch['conversations'][number]): Promise<void> {
    const known = await this.parts.book.get(id);
    if ((known?.cursor ?? -1) < (messages.at(-1)?.seq ?? 0)) await this.parts.sync.syncAll();
  }
}
