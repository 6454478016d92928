import type { Readable } from 'node:stream';
import type { OnApplicationShutdown } from '@nestjs/common';
import { type AttachmentId, UUID_PATTERN } from '#protocol';
import type { ByteRange, Progress, StoredBytes } from './attachment.js';
import { type BlobName, Blobs, BytesLost, type ListedBlob } from './blobs.js';
import type { S3Objects } from './s3-objects.js';
import { cutToParts } from './s3-parts.js';

/** More than the 5 MiB that each part but the last has to have; with 10,000 parts at most, enough for 78 GiB. */
export const PART_BYTES = 8 * 1024 ** 2;

/** The object itself, or one of its tails. */
const OBJECT_NAME = new RegExp(`${UUID_PATTERN.slice(0, -1)}(?:\\.\\d+)?$`);

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

  disk(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async *append(blob: StoredBytes, bytes: AsyncIterable<Buffer>): AsyncGenerator<Progress> {
    // The answer to the last part may be all that was lost.
    if ((await this.objects.sizeOf(this.keyOf(blob.id))) === blob.length) {
      yield { received: blob.length, multipartId: null };
      return;
    }
    const tail = await this.tailOf(blob);
    let { received } = blob;
    for await (const progress of this.appendParts(blob, tail, bytes)) {
      yield progress;
      ({ received } = progress);
    }
    if (blob.received > 0 && received === blob.length) await this.removeTails(blob.id);
    else if (tail.length > 0 && received > blob.received) await this.objects.delete(this.tailKeyOf(blob));
  }

  async read({ id }: StoredBytes, range: ByteRange): Promise<Readable | undefined> {
    return this.objects.read(this.keyOf(id), range);
  }

  async remove({ id, multipartId }: BlobName): Promise<void> {
    const key = this.keyOf(id);
    if (multipartId !== null) await this.objects.abortMultipart(key, multipartId);
    await this.objects.delete(key);
    await this.removeTails(id);
  }

  async list(shard: string): Promise<ListedBlob[]> {
    const prefix = this.prefix + shard;
    const listed = [...(await this.objects.list(prefix)), ...(await this.objects.listMultiparts(prefix))];
    return listed.flatMap(({ key, multipartId, changedAt }) => {
      const name = key.slice(this.prefix.length);
      if (!OBJECT_NAME.test(name)) return [];
      return [{ id: name.slice(0, UUID_CHARS) as AttachmentId, multipartId, changedAt }];
    });
  }

  private keyOf(id: AttachmentId): string {
    return this.prefix + id;
  }

  /**
   * Of the part that is not whole yet. Each end has a tail of its own: a request whose place was taken may still put one, which
   * must not be in the way of the one that counts.
   */
  private tailKeyOf({ id, received }: Pick<StoredBytes, 'id' | 'received'>): string {
    return `${this.keyOf(id)}.${String(received)}`;
  }

  private async tailOf(blob: StoredBytes): Promise<Buffer> {
    const bytes = blob.received % PART_BYTES;
    if (bytes === 0) return Buffer.alloc(0);
    const tail = await this.objects.take(this.tailKeyOf(blob), bytes);
    if (tail?.length !== bytes) throw new BytesLost(blob.received - bytes);
    return tail;
  }

  private async removeTails(id: AttachmentId): Promise<void> {
    for (const { key } of await this.objects.list(`${this.keyOf(id)}.`)) await this.objects.delete(key);
  }

  private async *appendParts(blob: StoredBytes, tail: Buffer, bytes: AsyncIterable<Buffer>): AsyncGenerator<Progress> {
    const { id, length } = blob;
    let { multipartId } = blob;
    let received = blob.received - tail.length;
    for await (const part of cutToParts(tail, bytes, { partBytes: PART_BYTES, mostBytes: length - received })) {
      const end = received + part.length;
      if (end < length && part.length < PART_BYTES) {
        if (end === blob.received) return;
        await this.objects.put(this.tailKeyOf({ id, received: end }), part);
      } else {
        // Noted before there is a first part, so that no relay ever begins another one.
        if (multipartId === null && length > PART_BYTES) {
          multipartId = await this.objects.beginMultipart(this.keyOf(id));
          yield { received: Math.max(blob.received, received), multipartId };
        }
        await this.putPart({ key: this.keyOf(id), length, multipartId }, received, part);
      }
      received = end;
      yield { received, multipartId: received === length ? null : multipartId };
    }
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
