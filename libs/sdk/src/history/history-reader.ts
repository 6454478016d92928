import type { VerifiedContact } from '../peers/verified-contacts.js';
import type { StoredRecord } from '../store/sealed-store.js';
import type { BatchTaker } from './batch-taker.js';
import { decodeBatch } from './history-batch.js';
import { ARCHIVE_MS, type ArchiveName, IMPORT_KEY, type ImportRecord, IMPORTS } from './history-records.js';
import type { HistoryParts } from './history-writer.js';
import { type ArchiveContents, VaultArchive } from './vault-archive.js';

/**
 * The new device's side: it reads the archive that it was given the key of, part by part, and goes on from what is stored.
 */
export class HistoryReader {
  private readonly archive: VaultArchive;

  constructor(
    private readonly parts: HistoryParts,
    private readonly taker: BatchTaker,
  ) {
    this.archive = new VaultArchive(parts.account.vault);
  }

  /** Reads what there is to read now. To be called again whenever the vault has changed. */
  async read(): Promise<void> {
    const stored = await this.stored();
    if (stored === undefined) return;
    await this.takeContacts(stored.record.contacts);
    if (this.parts.nowMs() - stored.record.beganAtMs > ARCHIVE_MS) return this.end(stored.record);
    const contents = await this.archive.contents();
    if (contents === undefined) return;
    const isFollowed = contents.archiveId === stored.record.archiveId || (await this.follow(stored.record, contents));
    if (isFollowed) await this.readParts(contents);
  }

  private async readParts({ parts, isComplete }: ArchiveContents): Promise<void> {
    for (;;) {
      this.parts.signal.throwIfAborted();
      const record = (await this.stored())?.record;
      if (record === undefined) return;
      if (record.next >= parts) return this.reachEnd(record, isComplete);
      const found = await this.archive.get(record, record.next);
      // Another archive takes its place: the next change of the vault says so.
      if (found === undefined) return;
      const batch = decodeBatch(found.content);
      const conversationIds = batch === undefined ? [] : await this.taker.take(batch);
      await this.change({ next: found.next });
      if (conversationIds.length > 0) this.parts.events.tell([{ kind: 'history', conversationIds, isComplete: false }]);
    }
  }

  private async reachEnd(record: ImportRecord, isComplete: boolean): Promise<void> {
    if (!isComplete || record.isComplete) return;
    await this.change({ isComplete });
    this.parts.events.tell([{ kind: 'history', conversationIds: [], isComplete }]);
  }

  /** The old device has linked another one since, and begun anew. */
  private async follow(record: ArchiveName, contents: ArchiveContents): Promise<boolean> {
    const next = await this.archive.successorOf(record, contents);
    if (next !== undefined) await this.change({ ...next, next: 0 });
    return next !== undefined;
  }

  private async takeContacts(contacts: readonly VerifiedContact[]): Promise<void> {
    if (contacts.length === 0) return;
    await this.taker.learn(contacts);
    await this.change({ contacts: [] });
  }

  private async stored(): Promise<StoredRecord<ImportRecord> | undefined> {
    return this.parts.account.store.get(IMPORTS, IMPORT_KEY);
  }

  private async change(change: Partial<ImportRecord>): Promise<void> {
    const stored = await this.stored();
    if (stored === undefined) return;
    await this.parts.account.store.write({
      put: [IMPORTS.put(IMPORT_KEY, { ...stored.record, ...change }, stored.version)],
    });
  }

  private async end({ isComplete }: ImportRecord): Promise<void> {
    await this.parts.account.store.write({ delete: [{ table: IMPORTS.table, key: IMPORT_KEY }] });
    if (!isComplete) this.parts.events.tell([{ kind: 'history', conversationIds: [], isComplete: true }]);
  }
}
