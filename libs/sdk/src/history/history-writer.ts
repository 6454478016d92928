import { newArchiveKey } from '#crypto';
import { MAX_PROVISIONED_CONTACTS } from '#protocol';
import { v4 } from 'uuid';
import { overwrite } from '../account/account-records.js';
import type { OpenAccount } from '../account/open-account.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import type { ConversationRecord } from '../conversations/conversation-record.js';
import type { GroupShelf } from '../groups/group-shelf.js';
import { MESSAGES, messageKey } from '../messages/message-record.js';
import type { PeerDirectory } from '../peers/peer-directory.js';
import type { EventHub } from '../sync/events.js';
import type { StoredRecord } from '../store/sealed-store.js';
import { StoreConflictError } from '../store/store.errors.js';
import { everyRow, startingWith } from '../store/store.js';
import { ArchiveDraft } from './archive-draft.js';
import { archived, sizeOf } from './history-batch.js';
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
    const record: ArchiveRecord = {
      archiveId: v4(),
      key: newArchiveKey(),
      beganAtMs: nowMs(),
      present: await this.refreshedDevices(),
      hasCome: false,
      parts: 0,
      announced: 0,
      isComplete: false,
      earlier: before === undefined ? [] : [...before.earlier, before].slice(-MOST_EARLIER),
    };
    await this.forgetPositions();
    await overwrite(account.store, ARCHIVES, { key: ARCHIVE_KEY, record });
    return { archiveId: record.archiveId, key: record.key };
  }

  /** The other device has not been given the key after all. */
  async cancel({ archiveId }: ArchiveName): Promise<void> {
    const stored = await this.parts.account.store.get(ARCHIVES, ARCHIVE_KEY);
    if (stored?.record.archiveId === archiveId) await this.end(stored.record);
  }

  /** Does what there is to do now. To be called again whenever something has changed. */
  async write(): Promise<void> {
    try {
      await this.writeDue();
    } catch (error) {
      // Another archive has been begun, and is to be written instead.
      if (!(error instanceof StoreConflictError)) throw error;
    }
  }

  private async writeDue(): Promise<void> {
    const { account, nowMs } = this.parts;
    const stored = await account.store.get(ARCHIVES, ARCHIVE_KEY);
    if (stored === undefined) return;
    const { record } = stored;
    if (nowMs() - record.beganAtMs > ARCHIVE_MS) return this.end(record);
    if (!record.hasCome && !(await this.hasCome(record))) {
      if (nowMs() - record.beganAtMs > ARRIVAL_MS) await this.end(record);
      return;
    }
    // Of what this device itself is still being told, it would hand on half.
    if ((await account.store.get(IMPORTS, IMPORT_KEY))?.record.isComplete === false) return;
    await this.writeNew(record.hasCome ? stored : await this.opened(stored));
  }

  private async writeNew(stored: StoredRecord<ArchiveRecord>): Promise<void> {
    const { record } = stored;
    const draft = new ArchiveDraft(this.parts.account.store, this.archive, stored);
    const devices = await this.ownDevices();
    if (record.parts === 0) draft.addContacts((await this.parts.peers.export()).slice(MAX_PROVISIONED_CONTACTS));
    let isComplete = true;
    for (const [conversationId, conversation] of await this.parts.book.all())
      isComplete = (await this.writeConversation(draft, { conversationId, conversation, devices })) && isComplete;
    const isNews = isComplete && !record.isComplete;
    await draft.finish(isComplete || record.isComplete);
    if (isNews) this.parts.events.tell([{ kind: 'historyHandedOver' }]);
  }

  /** @returns whether the account's devices read on by themselves. */
  private async writeConversation(
    draft: ArchiveDraft,
    { conversationId, conversation, devices }: Archiving,
  ): Promise<boolean> {
    const { store } = this.parts.account;
    const stored = await store.get(ARCHIVED_POSITIONS, positionKey(conversationId));
    const since = await this.sinceAllRead(conversationId, conversation, devices, stored?.record.since);
    // Read after the group was looked at: what comes later, all of them can read.
    const upTo = (await this.parts.book.get(conversationId))?.cursor ?? conversation.cursor;
    const { upTo: before, since: known } = stored?.record ?? { upTo: 0 };
    if (upTo > before || since?.epoch !== known?.epoch || since?.generation !== known?.generation)
      await this.writeRange(draft, { conversationId, before, known }, { upTo, since });
    const isReadByAll = since !== undefined || conversation.standing !== 'joined' || conversation.trouble !== undefined;
    if (!isReadByAll) this.parts.onMissing(conversationId);
    return isReadByAll;
  }

  private async writeRange(
    draft: ArchiveDraft,
    { conversationId, before, known }: { conversationId: string; before: number; known: ArchivedPosition['since'] },
    position: ArchivedPosition,
  ): Promise<void> {
    const { store } = this.parts.account;
    const range = { from: messageKey(conversationId, before + 1), to: messageKey(conversationId, position.upTo + 1) };
    for await (const { record } of everyRow((rest) => store.scan(MESSAGES, rest), range)) {
      this.parts.signal.throwIfAborted();
      const message = archived(record);
      // Of what was written since all are in the group, the new device has no need.
      const isOwed =
        known === undefined || known.generation !== position.since?.generation || (record.epoch ?? 0) < known.epoch;
      if (message !== undefined && isOwed && record.sentAtMs >= draft.sinceMs)
        await draft.add(conversationId, message, known);
    }
    draft.reach(conversationId, position);
  }

  /** Where the group of a conversation stands, once all of the account's devices are in it. */
  private async sinceAllRead(
    conversationId: string,
    { standing, generation }: ConversationRecord,
    devices: readonly string[],
    known: ArchivedPosition['since'],
  ): Promise<ArchivedPosition['since']> {
    if (known?.generation === generation) return known;
    const group = standing === 'joined' ? await this.parts.shelf.get(conversationId) : undefined;
    if (group === undefined) return undefined;
    const inGroup = new Set(group.members().map(({ identity }) => identity.deviceId));
    return devices.every((deviceId) => inGroup.has(deviceId)) ? { generation, epoch: group.epoch } : undefined;
  }

  /** A list that is signed says so; the relay is asked. */
  private async hasCome({ present }: ArchiveRecord): Promise<boolean> {
    return (await this.refreshedDevices()).some((deviceId) => !present.includes(deviceId));
  }

  private async opened({ key, version, record }: StoredRecord<ArchiveRecord>): Promise<StoredRecord<ArchiveRecord>> {
    const opened = { ...record, hasCome: true, sinceMs: await this.roomSinceMs() };
    // First of all: whoever reads an earlier archive is told of this one before that one is overwritten.
    await this.archive.announce(opened, { parts: 0, isComplete: false });
    await this.parts.account.store.write({ put: [ARCHIVES.put(key, opened, version)] });
    return { key, version: version + 1, record: opened };
  }

  /** The first day from which on everything has room. */
  private async roomSinceMs(): Promise<number> {
    const bytesByDay = new Map<number, number>();
    for await (const { record } of everyRow((range) => this.parts.account.store.scan(MESSAGES, range))) {
      const message = archived(record);
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
    if (record.hasCome) await this.archive.remove(record);
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

interface Archiving {
  readonly conversationId: string;
  readonly conversation: ConversationRecord;
  readonly devices: readonly string[];
}
