import { saveBlob } from '../ui/save-blob.js';
import type { FilePlace } from './opened-files.js';
import { shownName } from './shown-as.js';

/** A file as it comes. */
export type Pieces = AsyncIterable<Uint8Array<ArrayBuffer>>;

/** Takes the pieces of a file, and is done once all are where somebody wants them. */
type SaveTarget = (pieces: Pieces) => Promise<void>;

/** Of browsers that write to a file as it comes. The compiler does not know of it. */
interface FilePicking {
  readonly showSaveFilePicker?: (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/** From here on it would be felt in memory: somebody is asked for a place first, and it is written there piece by piece. */
const LARGE_BYTES = 32 * 1024 ** 2;

/** @returns undefined where somebody did not want it after all. */
export async function saveAs({ name, bytes }: FilePlace): Promise<SaveTarget | undefined> {
  const suggestedName = shownName(name);
  const browser = window as FilePicking;
  if (bytes < LARGE_BYTES || browser.showSaveFilePicker === undefined)
    return (pieces) => download(pieces, suggestedName);
  try {
    const handle = await browser.showSaveFilePicker({ suggestedName });
    return (pieces) => write(pieces, handle);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

/** Nothing stands at its place before all of it has come. */
async function write(pieces: Pieces, handle: FileSystemFileHandle): Promise<void> {
  const file = await handle.createWritable();
  try {
    for await (const piece of pieces) await file.write(piece);
  } catch (error) {
    await file.abort(error);
    throw error;
  }
  await file.close();
}

/** Piece by piece the browser may put it on the disk, and need not keep it in memory. */
async function download(pieces: Pieces, name: string): Promise<void> {
  const parts: Blob[] = [];
  for await (const piece of pieces) parts.push(new Blob([piece]));
  // Whatever it is: saved, and never opened as a page.
  saveBlob(new Blob(parts, { type: 'application/octet-stream' }), name);
}
