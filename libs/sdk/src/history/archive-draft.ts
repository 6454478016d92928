import type { VerifiedContact } from '../peers/verified-contacts.js';
import type { SealedPut, SealedStore, StoredRecord } from '../store/sealed-store.js';
import { type ArchivedMessage, encodeBatch, sizeOf } from './history-batch.js';
import {
  ARCHIVE_KEY,
  ARCHIVED_POSITIONS,
  type ArchivedPosition,
  type ArchiveRecord,
  ARCHIVES,
  positionKey,
} from './history-records.js';
import { MAX_PARTS, partsOf, type VaultArchive } from './vault-archive.js';

/** With less than the room of one part, most batches are one. */
const BATCH_BYTES = 56 * 1024;
/** An announcement is a write to the vault, too, of which the relay takes so many. */
const ANNOUNCE_EVERY = 8;

/** Another archive has taken the place of this one in the vault. */
export class ArchiveReplacedError extends Error {
  override readonly name = 'ArchiveReplacedError';

  constructor(readonly archive: ArchiveRecord) {
    super('Another device of the account writes an archive.');
  }
}

/**
 * What goes into an archive next. Parts are put first, then it is stored how far they go, and then they are announced: what was
 * put and not stored is put again, and nobody has read it.
 */
export class ArchiveDraft {
  private record: ArchiveRecord;
  private version: number;
  private readonly messages = new Map<string, ArchivedMessage[]>();
  private readonly positions = new Map<string, ArchivedPosition>();
  private contacts: readonly VerifiedContact[] = [];
  private bytes = 0;

  constructor(
    private readonly store: SealedStore,
    private readonly archive: VaultArchive,
    { record, version }: StoredRecord<ArchiveRecord>,
  ) {
    this.record = record;
    this.version = version;
  }

  /** What was written earlier is left out. */
  get sinceMs(): number {
    return this.record.sinceMs ?? 0;
  }

  /** @throws as {@link finish}. */
  async add(conversationId: string, message: ArchivedMessage, since: ArchivedPosition['since']): Promise<void> {
    const messages = this.messages.get(conversationId) ?? [];
    this.messages.set(conversationId, [...messages, message]);
    this.reach(conversationId, { upTo: message.seq, since });
    this.bytes += sizeOf(message);
    if (this.bytes >= BATCH_BYTES) await this.flush();
  }

  addContacts(contacts: readonly VerifiedContact[]): void {
    this.contacts = contacts;
  }

  /** So far the archive goes, with all that was added. */
  reach(conversationId: string, position: ArchivedPosition): void {
    this.positions.set(conversationId, position);
  }

  /** @throws {StoreConflictError} when another archive has been begun meanwhile. */
  async finish(isComplete: boolean): Promise<void> {
    await this.flush();
    if (this.record.announced < this.record.parts || isComplete !== this.record.isComplete)
      await this.announce(isComplete);
  }

  private async flush(): Promise<void> {
    if (this.positions.size === 0 && this.contacts.length === 0) return;
    const parts = await this.put();
    const positions: SealedPut[] = [];
    for (const [conversationId, position] of this.positions) {
      const key = positionKey(conversationId);
      positions.push(ARCHIVED_POSITIONS.put(key, position, (await this.store.get(ARCHIVED_POSITIONS, key))?.version));
    }
    await this.keep({ ...this.record, parts }, positions);
    this.positions.clear();
    if (parts >= this.record.announced + ANNOUNCE_EVERY) await this.announce(this.record.isComplete);
  }

  /** @returns how many parts there are then; as many as before when there is no room. */
  private async put(): Promise<number> {
    const { messages, contacts, record } = this;
    const conversations = [...messages].map(([id, written]) => ({ id, messages: written }));
    const content = encodeBatch({ conversations, contacts });
    const isNothing = messages.size === 0 && contacts.length === 0;
    this.messages.clear();
    this.contacts = [];
    this.bytes = 0;
    if (isNothing || record.parts + partsOf(content) > MAX_PARTS) return record.parts;
    // Another own device links somebody, too: two at once would be none.
    if ((await this.archive.contents())?.archiveId !== record.archiveId) throw new ArchiveReplacedError(record);
    return this.archive.put(record, record.parts, content);
  }

  private async announce(isComplete: boolean): Promise<void> {
    await this.archive.announce(this.record, { parts: this.record.parts, isComplete });
    await this.keep({ ...this.record, announced: this.record.parts, isComplete });
  }

  private async keep(record: ArchiveRecord, others: readonly SealedPut[] = []): Promise<void> {
    await this.store.write({ put: [ARCHIVES.put(ARCHIVE_KEY, record, this.version), ...others] });
    this.record = record;
    this.version++;
  }
}
