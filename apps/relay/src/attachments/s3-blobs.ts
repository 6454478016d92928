import type { Readable } from 'node:stream';
import type { OnApplicationShutdown } from '@nestjs/common';
import { type AttachmentId, UUID_PATTERN } from '#protocol';
import type { ByteRange, Progress, StoredBytes } from './attachment.js';
import { type BlobName, Blobs, BytesLost, type ListedBlob } from './blobs.js';
import type { S3Objects } from './s3-objects.js';
import { cutToParts } from './s3-parts.js';

/** More than the 5 MiB that each part but the last has to have; with 10,000 parts at most, enough for 78 GiB. */
export const PART_BYTES = 8 * 1024 ** 2;

const TAIL = '.tail';
const BLOB_NAME = new RegExp(`${UUID_PATTERN.slice(0, -1)}(?:\\${TAIL})?$`);

/**
 * An object for each blob, put together of parts of one size. What has come of the next part is kept as an object of its own,
 * the tail, until there is enough of it: so nothing that was received is lost, however short the requests are.
 */
export class S3Blobs extends Blobs implements OnApplicationShutdown {
  constructor(
    private readonly objects: S3Objects,
    private readonly prefix: string,
  ) {
    super();
  }

  onApplicationShutdown(): void {
    this.objects.close();
  }

  async *append(blob: StoredBytes, bytes: AsyncIterable<Buffer>): AsyncGenerator<Progress> {
    const key = this.keyOf(blob.id);
    // The answer to the last part may be all that was lost.
    if ((await this.objects.sizeOf(key)) === blob.length) {
      yield { received: blob.length, multipartId: null };
      return;
    }
    const tail = await this.tailOf(blob);
    const target = { key, length: blob.length };
    let { multipartId } = blob;
    let received = blob.received - tail.length;
    const sizes = { partBytes: PART_BYTES, mostBytes: blob.length - received };
    for await (const part of cutToParts(tail, bytes, sizes)) {
      const end = received + part.length;
      if (end < blob.length && part.length < PART_BYTES) {
        if (end > blob.received) {
          await this.objects.put(key + TAIL, part);
          yield { received: end, multipartId };
        }
        return;
      }
      // Noted before there is a first part, so that no relay ever begins another one.
      if (multipartId === null && blob.length > PART_BYTES) {
        multipartId = await this.objects.beginMultipart(key);
        yield { received: Math.max(blob.received, received), multipartId };
      }
      await this.putPart({ ...target, multipartId }, received, part);
      received = end;
      yield { received, multipartId: received === blob.length ? null : multipartId };
    }
    if (blob.received > 0 && received === blob.length) await this.objects.delete(key + TAIL);
  }

  async read({ id }: StoredBytes, range: ByteRange): Promise<Readable | undefined> {
    return this.objects.read(this.keyOf(id), range);
  }

  async remove({ id, multipartId }: BlobName): Promise<void> {
    const key = this.keyOf(id);
    if (multipartId !== null) await this.objects.abortMultipart(key, multipartId);
    await this.objects.delete(key);
    await this.objects.delete(key + TAIL);
  }

  async list(shard: string): Promise<ListedBlob[]> {
    const prefix = this.prefix + shard;
    const listed = [...(await this.objects.list(prefix)), ...(await this.objects.listMultiparts(prefix))];
    return listed.flatMap(({ key, multipartId, changedAt }) => {
      const name = key.slice(this.prefix.length);
      if (!BLOB_NAME.test(name)) return [];
      return [{ id: name.slice(0, UUID_CHARS) as AttachmentId, multipartId, changedAt }];
    });
  }

  private keyOf(id: AttachmentId): string {
    return this.prefix + id;
  }

  /** What was received of the part that is not whole yet. There may be more of it than was ever noted. */
  private async tailOf({ id, received }: StoredBytes): Promise<Buffer> {
    const bytes = received % PART_BYTES;
    if (bytes === 0) return Buffer.alloc(0);
    const tail = await this.objects.take(this.keyOf(id) + TAIL, bytes);
    if (tail === undefined || tail.length < bytes) throw new BytesLost(received - bytes);
    return tail;
  }

  private async putPart({ key, length, multipartId }: Target, start: number, part: Buffer): Promise<void> {
    if (multipartId === null) {
      await this.objects.put(key, part);
      return;
    }
    // The store may have given it up.
    if (!(await this.objects.putPart({ key, multipartId, number: start / PART_BYTES + 1 }, part)))
      throw new BytesLost(0);
    if (start + part.length < length) return;
    const parts = await this.objects.listParts(key, multipartId);
    if (parts.length !== Math.ceil(length / PART_BYTES)) throw new BytesLost(0);
    await this.objects.completeMultipart(key, multipartId, parts);
  }
}

const UUID_CHARS = 36;

interface Target {
  readonly key: string;
  readonly length: number;
  readonly multipartId: string | null;
}
