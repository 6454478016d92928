import { join } from 'node:path';
import type { Config } from '../platform/config/config.js';

/** The folder of attachments, where no bucket holds them. */
export function attachmentsFolder({ ATTACHMENTS_DIR, DATA_DIR }: Config): string {
  return ATTACHMENTS_DIR ?? join(DATA_DIR, 'attachments');
}

/** Where the bytes of an attachment are within a folder of attachments: in one of 256, by how its id begins. */
export function blobPath(folder: string, id: string): string {
  return join(folder, id.slice(0, 2), id);
}
