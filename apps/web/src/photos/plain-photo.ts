import type { Bytes } from './bytes.js';
import { plainJpeg } from './jpeg.js';
import { plainPng } from './png.js';
import { plainWebp } from './webp.js';

const PLAIN: Readonly<Record<string, (bytes: Bytes) => Bytes>> = {
  'image/jpeg': plainJpeg,
  'image/png': plainPng,
  'image/webp': plainWebp,
};

/** Whether it is known how to leave out what a camera writes into photos of this type. */
export function isPhoto(mediaType: string): boolean {
  return Object.hasOwn(PLAIN, mediaType);
}

/**
 * A photo without what its camera has written into it: place, time, device. The same comes of the same file each time, so that an
 * upload can go on later. Files of other types stay as they are.
 *
 * @throws {UnreadablePhoto} for what is no photo of its type.
 */
export async function plainPhoto(file: File): Promise<File> {
  const plain = isPhoto(file.type) ? PLAIN[file.type] : undefined;
  if (plain === undefined) return file;
  const bytes = plain(new Uint8Array(await file.arrayBuffer()));
  return new File([bytes], file.name, { type: file.type, lastModified: 0 });
}
