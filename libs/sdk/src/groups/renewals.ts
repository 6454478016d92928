import { overwrite, RENEWALS } from '../account/account-records.js';
import type { OpenAccount } from '../account/open-account.js';
import { RENEWAL } from '../account/own-identity-key.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { type ConversationRecord, CONVERSATIONS } from '../conversations/conversation-record.js';
import type { Lanes } from '../sync/lanes.js';
import { type GroupTender, UPDATE_AFTER_MESSAGES } from './tender.js';

/**
 * New keys for this device in all of its groups, once its account has another identity key: what of the device has leaked before
 * is of no more use either.
 */
export class Renewals {
  constructor(
    private readonly account: OpenAccount,
    private readonly book: ConversationBook,
    private readonly lanes: Lanes,
    private readonly tender: GroupTender,
  ) {}

  /** The conversations that wait for it. They are marked once; a mark stays until this device has committed. */
  async due(): Promise<string[]> {
    const { store } = this.account;
    const renewal = await store.get(RENEWALS, RENEWAL);
    if (renewal === undefined) return [];
    if (!renewal.record.isMarked) {
      for (const conversationId of (await this.book.all()).keys()) await this.mark(conversationId);
      await overwrite(store, RENEWALS, { key: RENEWAL, record: { isMarked: true } });
    }
    const waiting = [...(await this.book.all())].filter(
      ([, record]) => isIn(record) && this.tender.wantsNewKeys(record),
    );
    if (waiting.length === 0) await store.write({ delete: [{ table: RENEWALS.table, key: RENEWAL }] });
    return waiting.map(([conversationId]) => conversationId);
  }

  private mark(conversationId: string): Promise<void> {
    const { store } = this.account;
    return this.lanes.run(conversationId, async () => {
      const stored = await store.get(CONVERSATIONS, conversationId);
      if (stored === undefined || !isIn(stored.record)) return;
      const record = { ...stored.record, sentSinceUpdate: UPDATE_AFTER_MESSAGES };
      await store.write({ put: [CONVERSATIONS.put(conversationId, record, stored.version)] });
    });
  }
}

function isIn({ standing, generation }: ConversationRecord): boolean {
  return standing === 'joined' && generation > 0;
}
