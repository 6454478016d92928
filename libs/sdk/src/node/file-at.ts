import { open, stat } from 'node:fs/promises';
import type { AttachmentFile } from '../attachments/attachment-file.js';

/**
 * A file of the disk, for `attachments.send`. It is read piece by piece, and open only meanwhile.
 *
 * @throws when there is no such file, or it is a directory.
 *
 * @example
 * await sealpost.attachments.send(chat.id, await fileAt('holidays.jpg'), { name: 'holidays.jpg', type: 'image/jpeg' });
 */
export async function fileAt(path: string): Promise<AttachmentFile> {
  const found = await stat(path);
  // A device or a pipe has no length to go by.
  if (!found.isFile()) throw new Error('This is no file.');
  return { size: found.size, slice: (from, to) => partOf(path, from, to) };
}

/** Less, where the file ends before. */
async function partOf(path: string, from: number, to: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const part = new Uint8Array(to - from);
    let length = 0;
    while (length < part.length) {
      const { bytesRead } = await file.read(part, length, part.length - length, from + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return part.subarray(0, length);
  } finally {
    await file.close();
  }
}
