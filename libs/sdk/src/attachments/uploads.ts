import { attachmentLayout, encodeBase64Url, newAttachmentKey } from '#crypto';
import type { AttachmentContent } from '#protocol';
import { v7 } from 'uuid';
import type { OpenAccount } from '../account/open-account.js';
import type { MessageQueue } from '../messages/message-queue.js';
import { isRefusal } from '../relay/relay.errors.js';
import type { Retries } from '../relay/retries.js';
import type { SealedPut, StoredRecord } from '../store/sealed-store.js';
import { everyRow, startingWith } from '../store/store.js';
import { Lanes } from '../sync/lanes.js';
import { type AttachmentFile, fileChanged, type OnProgress } from './attachment-file.js';
import { AttachmentError } from './attachments.errors.js';
import { removalPut } from './blob-removals.js';
import type { RelayBlobs } from './relay-blobs.js';
import { Upload } from './upload.js';
import { type AboutFile, uploadKey, type UploadRecord, UPLOADS } from './upload-record.js';

interface UploadsParts {
  readonly account: Pick<OpenAccount, 'store'>;
  readonly blobs: RelayBlobs;
  readonly retries: Retries;
  readonly queue: MessageQueue;
  /** Told that the relay has a file to delete. */
  readonly onRemoval: () => void;
  readonly nowMs: () => number;
  /** Aborted when the account is locked. */
  readonly locked: AbortSignal;
}

/** A file, and how its upload is watched. */
export interface Sending {
  readonly file: AttachmentFile;
  readonly onProgress?: OnProgress | undefined;
  /** Cancels it. */
  readonly signal?: AbortSignal | undefined;
}

/** Files on their way to the relay. Each is stored before anything of it leaves, until its message is. */
export class Uploads {
  private readonly lanes = new Lanes();
  private readonly running = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: UploadsParts) {}

  /** @returns the id of the message. */
  async begin(conversationId: string, about: AboutFile, sending: Sending): Promise<string> {
    const { account, nowMs } = this.parts;
    const id = v7();
    const begun = { conversationId, about, key: newAttachmentKey(), startedAtMs: nowMs(), chunksLeft: 0 };
    await account.store.write({ put: [UPLOADS.put(uploadKey(id), begun)] });
    return this.resume(id, sending);
  }

  /** @returns the id of the message. */
  async resume(id: string, sending: Sending): Promise<string> {
    const upload = this.lanes.run(id, () => this.carryOut(id, sending));
    this.running.set(id, upload);
    try {
      return await upload;
    } finally {
      this.running.delete(id);
    }
  }

  /** Those that nobody carries on at present, oldest first. */
  async unfinished(): Promise<[id: string, UploadRecord][]> {
    const { store } = this.parts.account;
    const found: [string, UploadRecord][] = [];
    for await (const { key, record } of everyRow((range) => store.scan(UPLOADS, range), startingWith(uploadKey('')))) {
      const id = key.slice(uploadKey('').length);
      if (!this.running.has(id)) found.push([id, record]);
    }
    return found;
  }

  /** Forgets one, and has the relay delete what it has of it. */
  async discard(id: string): Promise<void> {
    await this.lanes.run(id, () => this.discardWithin(id));
  }

  /**
   * Sends the messages of files that were there, whole, when this device stopped: nobody has to give those files again.
   *
   * @throws as `RelayClient` does; the others are looked at the next time.
   */
  async finish(): Promise<void> {
    for (const [id, { attachmentId, chunksLeft, about }] of await this.unfinished()) {
      const { chunks, sealedBytes } = attachmentLayout(about.bytes);
      if (attachmentId === undefined || chunksLeft < chunks) continue;
      if ((await this.offset(attachmentId)) === sealedBytes) await this.lanes.run(id, () => this.finishWithin(id));
    }
  }

  /** Resolves when none is being carried on any more, once the account is locked. What is not there yet can be gone on with later. */
  async stopped(): Promise<void> {
    await Promise.allSettled(this.running.values());
  }

  private async carryOut(id: string, sending: Sending): Promise<string> {
    const stored = await this.stored(id);
    if (sending.file.size !== stored.record.about.bytes) throw fileChanged();
    const upload = new Upload({ ...this.parts, ...sending, signal: this.endedBy(sending.signal) }, stored);
    try {
      await upload.run();
      return await this.finishWithin(id);
    } catch (error) {
      const isCancelled = sending.signal?.aborted === true;
      // With nothing at the relay, there is nothing to go on with. Whoever locks the account waits for this.
      if (isCancelled || (!upload.isBegun && !this.parts.locked.aborted)) await this.discardWithin(id);
      throw error;
    }
  }

  /** All of it is there. */
  private async finishWithin(id: string): Promise<string> {
    const { key, record } = await this.stored(id);
    const gone = { delete: [{ table: UPLOADS.table, key }] };
    return this.parts.queue.add(record.conversationId, contentOf(record), gone);
  }

  /** @returns undefined when the relay has it no more. */
  private async offset(attachmentId: string): Promise<number | undefined> {
    try {
      return await this.parts.blobs.offset(attachmentId, this.parts.locked);
    } catch (error) {
      if (isRefusal(error, 'not_found')) return undefined;
      throw error;
    }
  }

  private async discardWithin(id: string): Promise<void> {
    const { account, onRemoval } = this.parts;
    const { key, record } = await this.stored(id);
    const { attachmentId } = record;
    const put: SealedPut[] = attachmentId === undefined ? [] : [removalPut(attachmentId)];
    await account.store.write({ put, delete: [{ table: UPLOADS.table, key }] });
    if (put.length > 0) onRemoval();
  }

  private async stored(id: string): Promise<StoredRecord<UploadRecord>> {
    const stored = await this.parts.account.store.get(UPLOADS, uploadKey(id));
    if (stored === undefined)
      throw new AttachmentError('unknown_upload', 'There is no unfinished upload of that id on this device.');
    return stored;
  }

  private endedBy(signal: AbortSignal | undefined): AbortSignal {
    const { locked } = this.parts;
    return signal === undefined ? locked : AbortSignal.any([signal, locked]);
  }
}

function contentOf({ about, attachmentId, key, digest }: UploadRecord): AttachmentContent {
  if (attachmentId === undefined || digest === undefined) throw new Error('a message is sent before its file');
  return { ...about, attachmentId, key: encodeBase64Url(key), sha256: encodeBase64Url(digest) };
}
