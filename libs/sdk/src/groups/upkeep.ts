import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import type { History } from '../history/history.js';
import type { Messages } from '../messages/messages.js';
import type { Outbox } from '../messages/outbox.js';
import type { Chores } from '../sync/chores.js';
import type { Lanes } from '../sync/lanes.js';
import type { GroupParts } from './group-parts.js';
import { LateComers } from './late-comers.js';
import { Renewals } from './renewals.js';

/** What the upkeep leans on. */
interface Parts {
  readonly account: OpenAccount;
  readonly book: ConversationBook;
  readonly chores: Chores;
  readonly groups: GroupParts;
  readonly history: History;
  readonly lanes: Lanes;
  readonly messages: Messages;
  readonly outbox: Outbox;
}

/**
 * What a device does by and by for its conversations: it brings in whoever has to be in their groups, gives itself new keys,
 * repairs what is in trouble, and sends what waits.
 */
export class Upkeep {
  private readonly lateComers = new LateComers((conversationId) => this.tendLater(conversationId));
  private readonly renewals: Renewals;

  constructor(private readonly parts: Parts) {
    const { account, book, lanes, groups } = parts;
    this.renewals = new Renewals(account, book, lanes, groups.tender);
  }

  /** What was begun before this device stopped, or while the relay was out of reach. */
  async takeUp(): Promise<void> {
    const { book, groups, outbox } = this.parts;
    for (const [conversationId, { trouble, restoration }] of await book.all()) {
      await groups.committer.resume(conversationId);
      if (restoration !== undefined) this.restoreLater(conversationId);
      if (trouble !== undefined) this.repairLater(conversationId);
    }
    for (const conversationId of await outbox.conversations()) this.flushLater(conversationId);
  }

  /** Looks again, since somebody is missing who cannot be brought in yet. */
  expect(conversationId: string): void {
    this.lateComers.expect(conversationId);
  }

  flushLater(conversationId: string): void {
    const { book, chores, groups, outbox } = this.parts;
    chores.add(`flush ${conversationId}`, async () => {
      await outbox.flush(conversationId);
      const record = await book.get(conversationId);
      if (record !== undefined && groups.tender.wantsNewKeys(record)) this.tendLater(conversationId);
    });
  }

  tendLater(conversationId: string): void {
    const { book, chores, history, messages, outbox } = this.parts;
    chores.add(`tend ${conversationId}`, async () => {
      const record = await book.get(conversationId);
      if (record?.standing === 'joined' && record.generation > 0 && record.trouble === undefined)
        await this.tend(conversationId);
      history.writeLater();
      if ((await messages.waiting(conversationId)).some(({ refused }) => refused === null))
        await outbox.flush(conversationId);
    });
  }

  async tendThoseWith(accountId: string): Promise<void> {
    for (const [conversationId, { members }] of await this.parts.book.all())
      if (members.some((member) => member.accountId === accountId)) this.tendLater(conversationId);
  }

  /** If it cannot be repaired the trouble stays, for everybody to see. */
  repairLater(conversationId: string): void {
    const { chores, groups } = this.parts;
    chores.add(`repair ${conversationId}`, () => groups.restorer.repair(conversationId));
  }

  /** What is stored of its group cannot be read any more. */
  giveUpLater(conversationId: string): void {
    const { chores, groups } = this.parts;
    chores.add(`damage ${conversationId}`, () => groups.restorer.giveUp(conversationId));
  }

  /** Where this device has yet to give itself new keys, since its account has another identity key. */
  renewLater(): void {
    this.parts.chores.add('renew keys', async () => {
      for (const conversationId of await this.renewals.due()) this.tendLater(conversationId);
    });
  }

  /** Nothing is looked at again. What was added to the chores ends with them. */
  stop(): void {
    this.lateComers.stop();
  }

  private async tend(conversationId: string): Promise<void> {
    if (await this.parts.groups.tender.tend(conversationId)) this.lateComers.forget(conversationId);
    else this.lateComers.expect(conversationId);
  }

  private restoreLater(conversationId: string): void {
    const { chores, groups } = this.parts;
    chores.add(`restore ${conversationId}`, () => groups.restorer.restore(conversationId));
  }
}
