import type { Readable } from 'node:stream';
import type { AttachmentId } from '#protocol';
import type { ByteRange, Progress, StoredBytes } from './attachment.js';

/** A blob as its store lists it. */
export interface ListedBlob {
  readonly id: AttachmentId;
  /** Of what an object store has begun to put together. */
  readonly multipartId: string | null;
  readonly changedAt: Date;
}

/** What a blob is found by. */
export type BlobName = Pick<StoredBytes, 'id' | 'multipartId'>;

/** Thrown where fewer bytes are there than were noted as safe: the store has lost some. */
export class BytesLost extends Error {
  constructor(readonly left: number) {
    super('bytes of an attachment are gone');
  }
}

/** The names of all shards: what an id may begin with. */
export const SHARDS = Array.from({ length: 256 }, (_none, number) => number.toString(16).padStart(2, '0'));

/** A disk, as far as its owner may use it. */
export interface Disk {
  readonly freeBytes: number;
  readonly sizeBytes: number;
}

/** Where the bytes of attachments are. Each blob is named by the random id of its attachment, and by nothing else. */
export abstract class Blobs {
  /**
   * Appends to what was received, and tells of every stretch once it is in safety. What came before `bytes` ended is told of,
   * however it ended. With the last byte the blob is whole. @throws {StorageFull} @throws {BytesLost}
   */
  abstract append(blob: StoredBytes, bytes: AsyncIterable<Buffer>): AsyncGenerator<Progress>;

  /** Bytes of a whole blob; `undefined` if it is not there. Whoever does not read to the end has to destroy them. */
  abstract read(blob: StoredBytes, range: ByteRange): Promise<Readable | undefined>;

  /** Deletes all there is of a blob. */
  abstract remove(blob: BlobName): Promise<void>;

  /** All blobs of a shard, whole or not. */
  abstract list(shard: string): Promise<ListedBlob[]>;

  /** What they are on; `undefined` where nobody knows, or before there are any. */
  abstract disk(): Promise<Disk | undefined>;
}
