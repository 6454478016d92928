import { type FileHandle, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type AttachmentId, UUID_PATTERN } from '#protocol';
import { hasErrorCode } from '../platform/database/embedded/error-code.js';
import { syncFolder } from '../platform/files/sync-folder.js';
import type { ByteRange, Progress, StoredBytes } from './attachment.js';
import { StorageFull } from './attachments.errors.js';
import { blobPath } from './blob-path.js';
import { type BlobName, Blobs, BytesLost, type Disk, type ListedBlob } from './blobs.js';

/** After so many bytes, or so long, what was written is brought to the disk and noted. */
const STRETCH_BYTES = 8 * 1024 ** 2;
const STRETCH_MS = 5_000;
/** Attachments leave so much of the disk to others: the database may be on the same one. */
const SPARE_BYTES = 256 * 1024 ** 2;

const BLOB_NAME = new RegExp(UUID_PATTERN);
const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** A file for each blob, in one of 256 folders. */
export class DiskBlobs extends Blobs {
  constructor(private readonly directory: string) {
    super();
  }

  async *append(blob: StoredBytes, bytes: AsyncIterable<Buffer>): AsyncGenerator<Progress> {
    const file = await this.openForWriting(blob);
    try {
      const { size } = await file.stat();
      if (size < blob.received) throw new BytesLost(size);
      yield* writeStretches(file, blob.received, bytes, () => this.demandSpare());
    } finally {
      await file.close();
    }
  }

  async read({ id }: StoredBytes, { from, to }: ByteRange): Promise<Readable | undefined> {
    const file = await unlessAbsent(open(this.pathOf(id), 'r'));
    return file?.createReadStream({ start: from, end: to });
  }

  async remove({ id }: BlobName): Promise<void> {
    await rm(this.pathOf(id), { force: true });
  }

  async list(shard: string): Promise<ListedBlob[]> {
    const names = (await unlessAbsent(readdir(join(this.directory, shard)))) ?? [];
    const listed: ListedBlob[] = [];
    for (const id of names.filter(isBlobName)) {
      const found = await unlessAbsent(stat(this.pathOf(id)));
      if (found !== undefined) listed.push({ id, multipartId: null, changedAt: found.mtime });
    }
    return listed;
  }

  async disk(): Promise<Disk | undefined> {
    const found = await unlessAbsent(statfs(this.directory));
    return found && { freeBytes: found.bavail * found.bsize, sizeBytes: found.blocks * found.bsize };
  }

  private pathOf(id: AttachmentId): string {
    return blobPath(this.directory, id);
  }

  private async openForWriting({ id, received }: StoredBytes): Promise<FileHandle> {
    const path = this.pathOf(id);
    const existing = await unlessAbsent(open(path, 'r+'));
    if (existing !== undefined) return existing;
    if (received > 0) throw new BytesLost(0);
    try {
      return await this.create(path);
    } catch (error) {
      throw asRefusal(error);
    }
  }

  /** The name of a new file is in safety once its folder is, and that of a new folder likewise. */
  private async create(path: string): Promise<FileHandle> {
    const folder = join(path, '..');
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(this.directory);
    const file = await open(path, 'w+', 0o600);
    await syncFolder(folder);
    return file;
  }

  private async demandSpare(): Promise<void> {
    const { bavail, bsize } = await statfs(this.directory);
    if (bavail * bsize < SPARE_BYTES) throw new StorageFull();
  }
}

/** Writes, and tells of each stretch that is on the disk; also of the last one before the disk was full. */
async function* writeStretches(
  file: FileHandle,
  start: number,
  bytes: AsyncIterable<Buffer>,
  demandSpare: () => Promise<void>,
): AsyncGenerator<Progress> {
  let [written, safe, since] = [start, start, performance.now()];
  let failure: { readonly error: unknown } | undefined;
  for await (const chunk of bytes) {
    try {
      if (written === safe) await demandSpare();
      written = await writeAll(file, chunk, written);
    } catch (error) {
      failure = { error };
      break;
    }
    if (written - safe < STRETCH_BYTES && performance.now() - since < STRETCH_MS) continue;
    await bringToDisk(file);
    [safe, since] = [written, performance.now()];
    yield { received: safe, multipartId: null };
  }
  if (written > safe) {
    await bringToDisk(file);
    yield { received: written, multipartId: null };
  }
  if (failure !== undefined) throw asRefusal(failure.error);
}

/** Some file systems find out only here that they are full. */
async function bringToDisk(file: FileHandle): Promise<void> {
  try {
    await file.datasync();
  } catch (error) {
    throw asRefusal(error);
  }
}

/** A write may take less than it was given. */
async function writeAll(file: FileHandle, chunk: Buffer, position: number): Promise<number> {
  let done = 0;
  while (done < chunk.length)
    done += (await file.write(chunk, done, chunk.length - done, position + done)).bytesWritten;
  return position + done;
}

function isBlobName(name: string): name is AttachmentId {
  return BLOB_NAME.test(name);
}

async function unlessAbsent<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** A full disk is no fault. */
function asRefusal(error: unknown): Error {
  if (hasErrorCode(error, ...FULL)) return Object.assign(new StorageFull(), { cause: error });
  return error instanceof Error ? error : new Error('the disk failed', { cause: error });
}
