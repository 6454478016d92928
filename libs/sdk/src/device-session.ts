import { AccountChanges } from './account-changes.js';
import type { OpenAccount } from './account/open-account.js';
import { rotateIdentity } from './account/passwords.js';
import { type AttachmentWork, attachmentParts } from './attachments/attachment-parts.js';
import type { Attachments } from './attachments/attachments.js';
import { Backup } from './backup/backup.js';
import { ConversationBook } from './conversations/conversation-book.js';
import { Conversations } from './conversations/conversations.js';
import { type AccountChange, type GroupParts, groupParts } from './groups/group-parts.js';
import { Upkeep } from './groups/upkeep.js';
import { BatchTaker } from './history/batch-taker.js';
import { History } from './history/history.js';
import { Expiry } from './messages/expiry.js';
import { MessageQueue } from './messages/message-queue.js';
import { Messages } from './messages/messages.js';
import { Outbox } from './messages/outbox.js';
import { SharedReads } from './messages/shared-reads.js';
import { Receipts } from './messages/receipts.js';
import { contactsOf } from './peers/account-contacts.js';
import type { Contacts } from './peers/contacts.js';
import { SharedContacts } from './peers/shared-contacts.js';
import { Pushes } from './relay/pushes.js';
import { Chores } from './sync/chores.js';
import { EventHub } from './sync/events.js';
import { Lanes } from './sync/lanes.js';
import type { LogEntry } from './sync/log-item.js';
import type { MessageRecord } from './messages/message-record.js';

interface SessionOptions {
  readonly nowMs?: () => number;
  readonly pollMs?: number | undefined;
  readonly readReceipts?: boolean | undefined;
}

/** All that works for a device while it is unlocked. */
export class DeviceSession {
  readonly events = new EventHub();
  readonly book: ConversationBook;
  readonly conversations: Conversations;
  readonly messages: Messages;
  readonly receipts: Receipts;
  readonly contacts: Contacts;
  readonly history: History;
  readonly backup: Backup;
  private readonly chores = new Chores(
    (error) => this.events.tell([{ kind: 'failed', error }]),
    () => this.events.tell([{ kind: 'offline' }]),
  );
  private readonly shared: SharedContacts;
  private readonly sharedReads: SharedReads;
  readonly groups: GroupParts;
  private readonly upkeep: Upkeep;
  private readonly changes: AccountChanges;
  private readonly files: AttachmentWork;
  private readonly expiry: Expiry;
  private readonly stopping = new AbortController();
  private readonly locked = this.stopping.signal;
  private pushes: Pushes | undefined;
  private isConnectionNew = false;
  private readonly typing = async (id: string, active: boolean): Promise<void> => this.pushes?.tellTyping(id, active);

  constructor(
    private readonly account: OpenAccount,
    private readonly options: SessionOptions = {},
  ) {
    const { nowMs = Date.now, readReceipts = true } = options;
    const lanes = new Lanes();
    this.book = new ConversationBook(account, lanes, nowMs);
    this.contacts = contactsOf(account, this.events, {
      nowMs,
      onDecided: () => this.decided(),
      onReleased: (id) => this.chores.add(`release ${id}`, () => this.upkeep.tendThoseWith(id)),
    });
    this.shared = new SharedContacts(account.vault, this.contacts, () => this.events.tell([{ kind: 'contacts' }]));
    const { contacts: peers, book, events, locked } = this;
    const onChanges = (changes: readonly AccountChange[]): Promise<void> => this.changes.take(changes);
    const marked = (id: string, isPrivate: boolean): void => this.markedLater(id, isPrivate);
    this.receipts = new Receipts(account, { lanes, events, readReceipts, marked });
    const { receipts } = this;
    this.sharedReads = new SharedReads(account, book, receipts);
    const onDamage = (id: string): void => this.upkeep.giveUpLater(id);
    this.groups = groupParts({ account, peers, book, events, lanes, nowMs, onChanges, onDamage, receipts });
    const { sync, committer, tender, shelf, founder } = this.groups;
    const outbox = new Outbox(account, shelf, { sync, tender, peers }, lanes, events);
    this.expiry = new Expiry({ account, lanes, events, nowMs });
    const queue = new MessageQueue({ account, book, queued: (id) => this.upkeep.flushLater(id), nowMs });
    const onRemoval = (): void => this.removeFilesLater();
    this.messages = new Messages({ account, book, events, queue, onRemoval, nowMs, locked });
    this.files = attachmentParts({ account, queue, messages: this.messages, onRemoval, nowMs, locked });
    const { messages, typing } = this;
    this.conversations = new Conversations({ account, book, committer, founder, shelf, sync, messages, typing });
    const onMissing = (id: string): void => this.upkeep.expect(id);
    const taker = new BatchTaker({ store: account.store, book, peers, sync, lanes, events });
    this.history = new History({ account, book, shelf, peers, events, nowMs, onMissing }, taker);
    this.backup = new Backup({ account, book, peers, events, sync, taker, nowMs });
    const { chores, groups, history } = this;
    this.upkeep = new Upkeep({ account, book, chores, groups, history, lanes, messages, outbox });
    this.changes = this.followingChanges();
    this.respond();
  }

  private followingChanges(): AccountChanges {
    const { account, book, events, upkeep } = this;
    const hearing = { onVault: () => this.hearVault(), onIdentity: () => this.followIdentityLater() };
    return new AccountChanges({ accountId: account.accountId, book, events, upkeep, ...hearing });
  }

  /** Files in conversations. */
  get attachments(): Attachments {
    return this.files.attachments;
  }

  /** To what happens here. */
  private respond(): void {
    this.events.listen((event) => {
      if (event.kind === 'message' && this.isOfOthers(event.message)) this.reportLater(event.conversationId);
      if (event.kind === 'message' && event.message.expiresAtMs !== undefined)
        this.expiry.expect(event.message.expiresAtMs);
      if (event.kind === 'conversation') this.upkeep.tendLater(event.conversationId);
      if (event.kind === 'trouble' && event.trouble !== undefined) this.upkeep.repairLater(event.conversationId);
    });
    this.account.identity.onReplaced(() => {
      this.upkeep.renewLater();
      this.events.tell([{ kind: 'identity' }]);
    });
  }

  /** As {@link rotateIdentity}. If it breaks off, it is finished later. */
  async rotateIdentity(password: string): Promise<void> {
    try {
      await rotateIdentity(this.account, password);
    } finally {
      this.finishRotationLater();
    }
  }

  /** Catches up, and follows the relay from then on. It resolves when there is nothing left to do, or the relay is out of reach. */
  async start(): Promise<void> {
    // Before anybody reads here.
    await this.expiry.sweep();
    this.finishRotationLater();
    this.upkeep.renewLater();
    this.syncLater();
    this.follow();
    this.replenishLater();
    this.shareLater();
    this.shareReadsLater();
    this.history.readLater();
    this.removeFilesLater();
    this.chores.add('uploads', () => this.files.uploads.finish());
    await this.chores.settled();
  }

  /** Has the relay tell what happens, by the session that there is now: a connection ends with its session for good. */
  private follow(): void {
    this.pushes?.close();
    this.pushes = new Pushes({
      relay: this.account.relay,
      pollMs: this.options.pollMs,
      ask: () => this.syncLater(),
      listener: {
        onReady: () => {
          this.isConnectionNew = true;
          // What was announced meanwhile, nobody has said here.
          this.events.tell([{ kind: 'announcements' }]);
          this.reconnected();
        },
        onAnnouncements: () => this.events.tell([{ kind: 'announcements' }]),
        onResync: () => this.syncLater(),
        onEntry: (entry) => this.takeLater(entry),
        // Marks are pushed by themselves, and would otherwise have everybody sync at every message.
        onAccountChanged: ({ what }) => (what === 'receipts' ? undefined : this.syncLater()),
        onReceipt: (mark) => this.receipts.take([mark]),
        onTyping: (typing) => this.events.tell([{ kind: 'typing', ...typing }]),
        onWelcome: () => this.syncLater(),
        onKeyPackagesLow: () => this.replenishLater(),
        // It is refused, and whoever listens hears why.
        onSessionRevoked: () => this.syncLater(),
        // If nothing else can be done either, whoever listens hears so.
        onDisconnected: () => this.syncLater(),
        // A relay that is going away may have answered what was asked when the connection had gone.
        onUnreachable: () => this.syncLater(),
        onError: (error) => this.events.tell([{ kind: 'failed', error }]),
      },
    });
    this.pushes.open();
  }

  /** Goes on with a new session, and catches up. As {@link settled}. */
  async resume(): Promise<void> {
    this.follow();
    await this.sync();
  }

  /** Catches up at once, for where no push has come through. As {@link settled}. */
  async sync(): Promise<void> {
    this.reconnected();
    await this.chores.settled();
  }

  /** Does at once what waits for the relay. As {@link settled}. */
  async reconnect(): Promise<void> {
    this.pushes?.retryNow();
    await this.sync();
  }

  /** Resolves when nothing is left to do, or nothing can be done while the relay cannot be reached. */
  async settled(): Promise<void> {
    await this.chores.settled();
    await this.history.settled();
  }

  /** Lets go of the relay; what is not sent yet stays stored. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.upkeep.stop();
    await this.expiry.stop();
    this.pushes?.close();
    await this.history.stop();
    await this.files.uploads.stopped();
    await this.chores.stop();
  }

  /** What has waited for the user to decide about somebody leaves now. */
  private decided(): void {
    this.shareLater();
    this.syncLater();
  }

  private reconnected(): void {
    this.chores.retryNow();
    this.history.retryNow();
    this.files.retries.retryNow();
    this.syncLater();
  }

  private syncLater(): void {
    this.chores.add('sync', () => this.catchUp());
  }

  private async catchUp(): Promise<void> {
    await this.groups.sync.syncAll();
    this.isConnectionNew = false;
    await this.upkeep.takeUp();
    this.history.writeLater();
    this.events.tell([{ kind: 'synced' }]);
  }

  private takeLater(entry: LogEntry): void {
    this.chores.add(`entry ${entry.conversationId} ${String(entry.seq)}`, async () => {
      // The relay may have been restored while there was no connection: then its positions mean something else.
      if (this.isConnectionNew) await this.catchUp();
      else await this.groups.sync.take(entry.conversationId, entry);
    });
  }

  /** Of what is stored, and of what was read: to whoever wrote it, and to this account's other devices. */
  private reportLater(conversationId: string): void {
    this.chores.add(`receipts ${conversationId}`, () => this.receipts.report(conversationId));
  }

  private isOfOthers({ senderAccountId }: MessageRecord): boolean {
    return senderAccountId !== null && senderAccountId !== this.account.accountId;
  }

  private shareLater(): void {
    this.chores.add('share contacts', () => this.shared.share());
  }

  private markedLater(conversationId: string, isPrivate: boolean): void {
    if (isPrivate) this.shareReadsLater();
    else this.reportLater(conversationId);
  }

  private shareReadsLater(): void {
    this.chores.add('share reads', () => this.sharedReads.share());
  }

  private removeFilesLater(): void {
    this.chores.add('remove files', () => this.files.removals.run());
  }

  private finishRotationLater(): void {
    this.chores.add('finish rotation', () => this.account.identity.finish());
  }

  private followIdentityLater(): void {
    this.chores.add('identity', () => this.account.identity.follow());
  }

  private replenishLater(): void {
    this.chores.add('key packages', () => this.groups.stock.replenish());
  }

  private hearVault(): void {
    this.history.readLater();
    this.shareLater();
    this.shareReadsLater();
  }
}
