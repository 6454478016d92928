import {
  type AttachmentLayout,
  attachmentLayout,
  AttachmentSealer,
  chunkAt,
  isSameBytes,
  newAttachmentKey,
} from '#crypto';
import { notTrusted } from '../account/account.errors.js';
import type { OpenAccount } from '../account/open-account.js';
import { isRefusal, RelayRefusal, RelayUnreachableError } from '../relay/relay.errors.js';
import type { Retries } from '../relay/retries.js';
import type { SealedPut, StoredRecord } from '../store/sealed-store.js';
import { waitingFor } from '../waiting.js';
import { type AttachmentFile, fileChanged, type OnProgress, pieceOf } from './attachment-file.js';
import { removalPut } from './blob-removals.js';
import type { RelayBlobs } from './relay-blobs.js';
import { type UploadRecord, UPLOADS } from './upload-record.js';

/** A relay that loses this many in a row what it had will not get the next one either. */
const MOST_LIVES = 4;

/** The relay has no more of it, or less than it said: what it has not lost cannot be told, so all begins anew. */
class LostUpload extends Error {}

interface UploadParts {
  readonly account: Pick<OpenAccount, 'store'>;
  readonly blobs: RelayBlobs;
  readonly retries: Retries;
  readonly file: AttachmentFile;
  readonly onProgress?: OnProgress | undefined;
  readonly signal: AbortSignal;
}

/**
 * Brings one file to the relay, a chunk at a time. Before a chunk leaves, the store says that its nonce is used, and the digest of
 * all until then: so whatever breaks off, and whatever the file is by then, no nonce is used for two different chunks.
 */
export class Upload {
  private record: UploadRecord;
  private version: number;
  private readonly layout: AttachmentLayout;

  constructor(
    private readonly parts: UploadParts,
    private readonly stored: StoredRecord<UploadRecord>,
  ) {
    this.record = stored.record;
    this.version = stored.version;
    this.layout = attachmentLayout(stored.record.about.bytes);
  }

  /** Whether there is something at the relay by now, with which to go on later. */
  get isBegun(): boolean {
    return this.record.attachmentId !== undefined;
  }

  /** Resolves when the relay has all of it, and the store its digest. @throws {AttachmentError} `file_changed` @throws {RelayRefusal} for good. */
  async run(): Promise<void> {
    for (let lives = 0; lives < MOST_LIVES; lives++)
      try {
        await this.upload();
        return;
      } catch (error) {
        if (!(error instanceof LostUpload)) throw error;
        await this.beginAnew();
      }
    throw notTrusted('The relay loses what it has of a file, again and again.');
  }

  private async upload(): Promise<void> {
    const { file, signal } = this.parts;
    const sealer = await AttachmentSealer.of(this.record.key, this.layout);
    const place = await this.place();
    let { offset } = place;
    for (let index = 0; index < this.layout.chunks; index++) {
      const chunk = chunkAt(this.layout, index);
      const sealed = await sealer.seal(await pieceOf(file, chunk.file, signal));
      await this.noteLeaving(index, sealer);
      offset = await this.deliver(place.id, sealed, { from: chunk.sealed.from, offset });
      await this.tell(chunk.file.to);
    }
  }

  /** Where it lies at the relay, and how much of it. */
  private async place(): Promise<{ readonly id: string; readonly offset: number }> {
    const { blobs, retries, signal } = this.parts;
    const { attachmentId: id, chunksLeft, conversationId, about } = this.record;
    if (id !== undefined) {
      const offset = await this.lostIfGone(() => retries.run(() => blobs.offset(id, signal), signal));
      // All chunks but the last that may have left were there.
      const last = chunksLeft === 0 ? { from: 0, to: 0 } : chunkAt(this.layout, chunksLeft - 1).sealed;
      return { id, offset: within(last, offset) };
    }
    const blob = { conversationId, bytes: this.layout.sealedBytes, expiresIn: about.expiresIn };
    const attachmentId = await retries.run(() => blobs.create(blob, signal), signal);
    await this.change({ attachmentId });
    return { id: attachmentId, offset: 0 };
  }

  /** The store knows, before a chunk leaves. A chunk that may have left before has to be the very same. */
  private async noteLeaving(index: number, sealer: AttachmentSealer): Promise<void> {
    const { chunksLeft, digest } = this.record;
    const until = index + 1;
    if (until > chunksLeft) await this.change({ chunksLeft: until, digest: sealer.digest() });
    else if (until === chunksLeft && (digest === undefined || !isSameBytes(sealer.digest(), digest)))
      throw fileChanged();
  }

  /** @returns how much the relay has then. */
  private async deliver(
    id: string,
    sealed: Uint8Array<ArrayBuffer>,
    { from, offset }: { readonly from: number; readonly offset: number },
  ): Promise<number> {
    const { blobs, retries, signal } = this.parts;
    const to = from + sealed.length;
    let [at, isKnown] = [offset, true];
    const send = async (): Promise<void> => {
      if (!isKnown) at = within({ from, to }, await blobs.offset(id, signal));
      isKnown = false;
      if (at < to) {
        const now = await blobs.append(id, at, { bytes: sealed.subarray(at - from), signal });
        // Whoever says so every time is not to be asked without end, nor without a pause.
        if (now <= at) throw new RelayUnreachableError();
        at = within({ from, to }, now);
      }
      isKnown = true;
    };
    while (at < to) await this.lostIfGone(() => retries.run(() => unlessElsewhere(send), signal));
    return at;
  }

  private async lostIfGone<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isRefusal(error, 'not_found')) throw new LostUpload();
      throw error;
    }
  }

  /** Under another key: what has left of it is not known any more. */
  private async beginAnew(): Promise<void> {
    const { attachmentId } = this.record;
    const removal = attachmentId === undefined ? [] : [removalPut(attachmentId)];
    const fresh = { key: newAttachmentKey(), attachmentId: undefined, chunksLeft: 0, digest: undefined };
    await this.change(fresh, removal);
  }

  private async change(change: Partial<UploadRecord>, also: readonly SealedPut[] = []): Promise<void> {
    this.parts.signal.throwIfAborted();
    const record = { ...this.record, ...change };
    await this.parts.account.store.write({ put: [UPLOADS.put(this.stored.key, record, this.version), ...also] });
    this.record = record;
    this.version++;
  }

  private async tell(done: number): Promise<void> {
    const { onProgress, signal } = this.parts;
    const told = Promise.resolve(onProgress?.({ done, bytes: this.layout.bytes }));
    await waitingFor(told, { signal });
  }
}

/** Another attempt of this device got through, whose answer was lost: the relay is asked where it is, after a pause. */
async function unlessElsewhere(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof RelayRefusal && error.status === 409) throw new RelayUnreachableError({ cause: error });
    throw error;
  }
}

function within({ from, to }: { readonly from: number; readonly to: number }, offset: number): number {
  if (offset < from || offset > to) throw new LostUpload();
  return offset;
}
