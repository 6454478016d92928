import type { components } from '#api-client';
import { KeyPackageStock } from '../account/key-package-stock.js';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import type { Receipts } from '../messages/receipts.js';
import type { PeerDirectory } from '../peers/peer-directory.js';
import { Deliveries } from '../sync/deliveries.js';
import { EntryApplier } from '../sync/entry-applier.js';
import type { EventHub } from '../sync/events.js';
import type { Lanes } from '../sync/lanes.js';
import { LogRewinder } from '../sync/log-rewinder.js';
import { Synchronizer } from '../sync/synchronizer.js';
import { Committer } from './committer.js';
import { Founder } from './founder.js';
import { GroupShelf } from './group-shelf.js';
import { Repairs } from './repairs.js';
import { Restorer } from './restorer.js';
import { GroupTender } from './tender.js';
import { Welcomer } from './welcomer.js';

export type AccountChange = components['schemas']['AccountChangeDto'];

interface GroupSurroundings {
  readonly account: OpenAccount;
  readonly peers: PeerDirectory;
  readonly book: ConversationBook;
  readonly events: EventHub;
  readonly lanes: Lanes;
  readonly nowMs: () => number;
  readonly receipts: Receipts;
  /** Told of a group whose state on this device is damaged. */
  readonly onDamage: (conversationId: string) => void;
  readonly onChanges: (changes: readonly AccountChange[]) => Promise<void>;
}

/** What follows and changes the groups of a device. */
export interface GroupParts {
  readonly shelf: GroupShelf;
  readonly stock: KeyPackageStock;
  readonly sync: Synchronizer;
  readonly committer: Committer;
  readonly tender: GroupTender;
  readonly founder: Founder;
  readonly restorer: Restorer;
}

/** Puts them together, so that all of them work on the same groups, one step of each at a time. */
export function groupParts(surroundings: GroupSurroundings): GroupParts {
  const { account, peers, book, events, lanes, nowMs, onChanges, onDamage, receipts } = surroundings;
  const shelf = new GroupShelf(account.store, onDamage);
  const stock = new KeyPackageStock(account);
  const judge = peers.judge((accountId) => book.usernameOf(accountId));
  const welcomer = new Welcomer(account, shelf, judge, book, stock, lanes);
  const applier = new EntryApplier(account, shelf, judge, book, nowMs);
  const deliveries = new Deliveries(account.store, applier, events);
  const rewinder = new LogRewinder(account, lanes);
  const outside = { onChanges, receipts };
  const sync = new Synchronizer({ account, book, deliveries, rewinder, welcomer, lanes, events, ...outside });
  const committer = new Committer(account, shelf, judge, sync, lanes, nowMs);
  const tender = new GroupTender(account, committer, peers, nowMs);
  const founder = new Founder(account, committer, tender, peers);
  const repairs = new Repairs(nowMs);
  const restorer = new Restorer({ account, book, shelf, sync, committer, founder, repairs, lanes, events });
  return { shelf, stock, sync, committer, tender, founder, restorer };
}
