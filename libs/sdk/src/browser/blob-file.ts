import type { AttachmentFile } from '../attachments/attachment-file.js';

/**
 * A file of the browser, as from an `<input type="file">`, for `attachments.send`. It is read piece by piece.
 *
 * @example
 * const { name, type } = picked;
 * await sealpost.attachments.send(chat.id, fileOf(picked), { name, type });
 */
export function fileOf(blob: Blob): AttachmentFile {
  return {
    size: blob.size,
    slice: async (from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer()),
  };
}
