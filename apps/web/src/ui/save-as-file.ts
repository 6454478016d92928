import { saveBlob } from './save-blob.js';

/** Puts a text among the downloads. */
export function saveAsFile(download: string, text: string): void {
  saveBlob(new Blob([`${text}\n`], { type: 'text/plain' }), download);
}
