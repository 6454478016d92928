import { newArchiveKey } from '#crypto';
import { MAX_PROVISIONED_CONTACTS } from '#protocol';
import { v4 } from 'uuid';
import { overwrite } from '../account/account-records.js';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import type { ConversationRecord } from '../conversations/conversation-record.js';
import type { GroupShelf } from '../groups/group-shelf.js';
import { type MessageRecord, MESSAGES, messageKey } from '../messages/message-record.js';
import type { PeerDirectory } from '../peers/peer-directory.js';
import type { EventHub } from '../sync/events.js';
import type { StoredRecord } from '../store/sealed-store.js';
import { StoreConflictError } from '../store/store.errors.js';
import { everyRow, startingWith } from '../store/store.js';
import { ArchiveDraft, ArchiveReplacedError } from './archive-draft.js';
import { handedOn, sizeOf } from './history-batch.js';
import {
  ARCHIVE_KEY,
  ARCHIVE_MS,
  ARCHIVED_POSITIONS,
  type ArchivedPosition,
  type ArchiveName,
  type ArchiveRecord,
  ARCHIVES,
  ARRIVAL_MS,
  IMPORT_KEY,
  IMPORTS,
  positionKey,
} from './history-records.js';
import { VaultArchive } from './vault-archive.js';

const DAY_MS = 86_400_000;
/** What is written while a device is on its way has room behind what was there before. */
const FIRST_BYTES = 9 * 1024 * 1024;
/** The account's devices: links that were begun before the last one have readers, too. */
const MOST_EARLIER = 10;

export interface HistoryParts {
  readonly account: OpenAccount;
  readonly book: ConversationBook;
  readonly shelf: GroupShelf;
  readonly peers: PeerDirectory;
  readonly events: EventHub;
  readonly nowMs: () => number;
  /** Told of conversations in whose group one of the account's own devices is missing. */
  readonly onMissing: (conversationId: string) => void;
  /** Ends what takes long, between two steps. */
  readonly signal: AbortSignal;
}

/**
 * The old device's side: an archive of what can be read here, for a device that is being linked. It goes on until that device is
 * in every group, and reads for itself. What breaks off goes on from what is stored.
 */
export class HistoryWriter {
  private readonly archive: VaultArchive;

  constructor(private readonly parts: HistoryParts) {
    this.archive = new VaultArchive(parts.account.vault);
  }

  /** Before the key leaves this device. Nothing is archived before the new device has come. */
  async begin(): Promise<ArchiveName> {
    const { account, nowMs } = this.parts;
    const before = (await account.store.get(ARCHIVES, ARCHIVE_KEY))?.record;
    // Whoever has not read all of the one before reads this one.
    const present = before?.isComplete === false ? before.present : await this.refreshedDevices();
    const record = newArchive(before, { beganAtMs: nowMs(), present });
    await this.forgetPositions();
    await overwrite(account.store, ARCHIVES, { key: ARCHIVE_KEY, record });
    return { archiveId: record.archiveId, key: record.key };
  }

  /** The other device has not been given the key after all. */
  async cancel({ archiveId }: ArchiveName): Promise<void> {
    const stored = await this.parts.account.store.get(ARCHIVES, ARCHIVE_KEY);
    if (stored?.record.archiveId === archiveId && stored.record.earlier.length === 0) await this.end(stored.record);
  }

  /** Does what there is to do now. To be called again whenever something has changed. */
  async write(): Promise<void> {
    try {
      await this.writeDue();
    } catch (error) {
      // Another archive has been begun here, and is to be written instead.
      if (error instanceof StoreConflictError) return;
      if (!(error instanceof ArchiveReplacedError)) throw error;
      await this.end(error.archive);
    }
  }

  private async writeDue(): Promise<void> {
    const { account, nowMs } = this.parts;
    const stored = await account.store.get(ARCHIVES, ARCHIVE_KEY);
    if (stored === undefined) return;
    const { record } = stored;
    if (nowMs() - record.beganAtMs > ARCHIVE_MS) return this.end(record);
    const devices = record.devices === undefined ? await this.refreshedDevices() : await this.ownDevices();
    if (!devices.some((deviceId) => !record.present.includes(deviceId))) {
      if (nowMs() - record.beganAtMs > ARRIVAL_MS) await this.end(record);
      return;
    }
    // Of what this device itself is still being told, it would hand on half.
    if ((await account.store.get(IMPORTS, IMPORT_KEY))?.record.isComplete === false) return;
    await this.writeNew(await this.opened(stored, devices), devices);
  }

  private async writeNew(stored: StoredRecord<ArchiveRecord>, devices: readonly string[]): Promise<void> {
    const { record } = stored;
    const draft = new ArchiveDraft(this.parts.account.store, this.archive, stored);
    if (record.parts === 0) draft.addContacts((await this.parts.peers.export()).slice(MAX_PROVISIONED_CONTACTS));
    let isComplete = true;
    for (const [conversationId, conversation] of await this.parts.book.all())
      isComplete = (await this.writeConversation(draft, { conversationId, conversation, devices })) && isComplete;
    const isNews = isComplete && !record.isComplete;
    await draft.finish(isComplete || record.isComplete);
    if (isNews) this.parts.events.tell([{ kind: 'historyHandedOver' }]);
  }

  /** @returns whether the account's devices read on by themselves. */
  private async writeConversation(draft: ArchiveDraft, at: Archiving): Promise<boolean> {
    const { conversationId, conversation } = at;
    const stored = await this.parts.account.store.get(ARCHIVED_POSITIONS, positionKey(conversationId));
    const before: ArchivedPosition = stored?.record ?? { upTo: 0 };
    const since = await this.sinceAllRead(at, before.since);
    // Read after the group was looked at: what comes later, all of them can read.
    const upTo = (await this.parts.book.get(conversationId))?.cursor ?? conversation.cursor;
    if (upTo > before.upTo || !isSame(since, before.since))
      await this.writeRange(draft, { conversationId, before, after: { upTo, since } });
    const isReadByAll = since !== undefined || !isInUse(conversation);
    if (!isReadByAll) this.parts.onMissing(conversationId);
    return isReadByAll;
  }

  private async writeRange(draft: ArchiveDraft, { conversationId, before, after }: ArchivedRange): Promise<void> {
    const { store } = this.parts.account;
    const range = { from: messageKey(conversationId, before.upTo + 1), to: messageKey(conversationId, after.upTo + 1) };
    for await (const { record } of everyRow((rest) => store.scan(MESSAGES, rest), range)) {
      this.parts.signal.throwIfAborted();
      const message = handedOn(record);
      if (message !== undefined && isOwed(record, { before, after }) && record.sentAtMs >= draft.sinceMs)
        await draft.add(conversationId, message, before.since);
    }
    draft.reach(conversationId, after);
  }

  /** Where the group of a conversation stands, once all of the account's devices are in it. */
  private async sinceAllRead(
    { conversationId, conversation: { standing, generation }, devices }: Archiving,
    known: ArchivedPosition['since'],
  ): Promise<ArchivedPosition['since']> {
    if (known?.generation === generation) return known;
    const group = standing === 'joined' ? await this.parts.shelf.get(conversationId) : undefined;
    if (group === undefined) return undefined;
    const inGroup = new Set(group.members().map(({ identity }) => identity.deviceId));
    return devices.every((deviceId) => inGroup.has(deviceId)) ? { generation, epoch: group.epoch } : undefined;
  }

  /** For these devices: if another one comes, what was left out because all could read it is owed to that one. */
  private async opened(
    { key, version, record }: StoredRecord<ArchiveRecord>,
    devices: readonly string[],
  ): Promise<StoredRecord<ArchiveRecord>> {
    const { store } = this.parts.account;
    if (record.devices === undefined || !devices.every((deviceId) => record.devices?.includes(deviceId))) {
      const since = { beganAtMs: this.parts.nowMs(), present: record.present };
      const begun = record.devices === undefined ? record : newArchive(record, since);
      const opened = { ...begun, devices, sinceMs: await this.roomSinceMs() };
      await this.forgetPositions();
      await store.write({ put: [ARCHIVES.put(key, opened, version)] });
      return this.opened({ key, version: version + 1, record: opened }, devices);
    }
    if (record.announced >= 0) return { key, version, record };
    // First of all: whoever reads an earlier archive is told of this one before that one is overwritten.
    await this.archive.announce(record, { parts: 0, isComplete: false });
    const announced = { ...record, announced: 0 };
    await store.write({ put: [ARCHIVES.put(key, announced, version)] });
    return { key, version: version + 1, record: announced };
  }

  /** The first day from which on everything has room. */
  private async roomSinceMs(): Promise<number> {
    const bytesByDay = new Map<number, number>();
    for await (const { record } of everyRow((range) => this.parts.account.store.scan(MESSAGES, range))) {
      const message = handedOn(record);
      const day = Math.floor(record.sentAtMs / DAY_MS);
      if (message !== undefined) bytesByDay.set(day, (bytesByDay.get(day) ?? 0) + sizeOf(message));
    }
    let room = FIRST_BYTES;
    for (const [day, bytes] of [...bytesByDay].sort(([one], [other]) => other - one))
      if ((room -= bytes) < 0) return (day + 1) * DAY_MS;
    return 0;
  }

  private async end(record: ArchiveRecord): Promise<void> {
    const { store } = this.parts.account;
    await this.archive.remove([record, ...record.earlier]);
    await this.forgetPositions();
    await store.write({ delete: [{ table: ARCHIVES.table, key: ARCHIVE_KEY }] });
  }

  private async forgetPositions(): Promise<void> {
    const { store } = this.parts.account;
    const places: { readonly table: 'settings'; readonly key: string }[] = [];
    for await (const { key } of everyRow(
      (range) => store.scan(ARCHIVED_POSITIONS, range),
      startingWith(positionKey('')),
    ))
      places.push({ table: 'settings', key });
    if (places.length > 0) await store.write({ delete: places });
  }

  /** Of which the relay is asked. */
  private async refreshedDevices(): Promise<string[]> {
    const { accountId, username } = this.parts.account;
    return (await this.parts.peers.refresh({ accountId, username })).devices.map(({ deviceId }) => deviceId);
  }

  private async ownDevices(): Promise<string[]> {
    const peer = await this.parts.peers.find(this.parts.account.accountId);
    return peer?.devices.map(({ deviceId }) => deviceId) ?? [];
  }
}

/** In the place of one that has readers yet. */
function newArchive(
  before: ArchiveRecord | undefined,
  since: Pick<ArchiveRecord, 'beganAtMs' | 'present'>,
): ArchiveRecord {
  const name = { archiveId: v4(), key: newArchiveKey() };
  const known = before === undefined ? [] : [...before.earlier, { archiveId: before.archiveId, key: before.key }];
  return { ...name, ...since, parts: 0, announced: -1, isComplete: false, earlier: known.slice(-MOST_EARLIER) };
}

interface Archiving {
  readonly conversationId: string;
  readonly conversation: ConversationRecord;
  /** All of the account's. */
  readonly devices: readonly string[];
}

interface ArchivedRange {
  readonly conversationId: string;
  readonly before: ArchivedPosition;
  readonly after: ArchivedPosition;
}

/** Of what was written since all are in the group, the new device has no need; what was on its way then comes later. */
function isOwed({ epoch = 0 }: MessageRecord, { before, after }: Pick<ArchivedRange, 'before' | 'after'>): boolean {
  const { since } = before;
  return since === undefined || since.generation !== after.since?.generation || epoch < since.epoch;
}

function isInUse({ standing, trouble, generation }: ConversationRecord): boolean {
  return standing === 'joined' && trouble === undefined && generation > 0;
}

function isSame(one: ArchivedPosition['since'], other: ArchivedPosition['since']): boolean {
  return one?.generation === other?.generation && one?.epoch === other?.epoch;
}
