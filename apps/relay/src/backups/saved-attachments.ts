import { createReadStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { blobPath } from '../attachments/index.js';
import { hasErrorCode } from '../platform/database/embedded/error-code.js';
import { syncFolder } from '../platform/files/sync-folder.js';
import { type BackupFolder, type Digest, writeFileFrom } from './backup-folder.js';
import { type BackupPart, NotABackup } from './manifest.js';

/** Of a backup, below its folder: files as they are in a folder of attachments. */
const FILES = 'attachments';
const LIST = 'attachments.list';

const listed = z.tuple([z.uuid(), z.coerce.number().int().min(0), z.string().regex(/^[0-9a-f]{64}$/)]);

interface SavedFile extends Digest {
  readonly id: string;
}

/** What became of the files that a database knows. */
export interface SavedAttachments {
  readonly list: BackupPart & { readonly count: number };
  /** Ids of those that were not there. */
  readonly absent: readonly string[];
}

/** Copies the files of attachments into a backup. Those that the relay deletes meanwhile are left out. */
export async function saveAttachments(
  from: string,
  ids: readonly string[],
  backup: BackupFolder,
): Promise<SavedAttachments> {
  const [lines, absent]: [string[], string[]] = [[], []];
  for (const id of ids) {
    const digest = await copied(blobPath(from, id), blobPath(join(backup.path, FILES), id));
    if (digest === undefined) absent.push(id);
    else lines.push(`${id} ${String(digest.bytes)} ${digest.sha256}\n`);
  }
  const list = await backup.write(LIST, Readable.from([Buffer.from(lines.join(''))]));
  return { list: { ...list, count: lines.length }, absent };
}

/** Why the files of a backup are not those that were saved; `undefined` if they are. */
export async function faultInAttachments(backup: BackupFolder, list: BackupPart): Promise<string | undefined> {
  for (const { id, bytes, sha256 } of await savedFiles(backup, list)) {
    const fault = await backup.faultIn({ file: blobPath(FILES, id), bytes, sha256 });
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Puts the files of a backup into a folder of attachments, over those of the same name. @returns how many. */
export async function restoreAttachments(backup: BackupFolder, list: BackupPart, to: string): Promise<number> {
  const files = await savedFiles(backup, list);
  for (const { id, sha256 } of files) {
    const target = blobPath(to, id);
    const draft = `${target}.restored`;
    await rm(draft, { force: true });
    const digest = await copied(blobPath(join(backup.path, FILES), id), draft);
    if (digest?.sha256 !== sha256) throw new NotABackup(`the attachment ${id} was changed while it was read`);
    await rename(draft, target);
    await syncFolder(dirname(target));
  }
  return files.length;
}

async function savedFiles(backup: BackupFolder, list: BackupPart): Promise<SavedFile[]> {
  const lines = (await backup.readText(list)).split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const read = listed.safeParse(line.split(' '));
    if (!read.success) throw new NotABackup(`${LIST} is not a list of attachments`);
    const [id, bytes, sha256] = read.data;
    return { id, bytes, sha256 };
  });
}

/** `undefined` where there is nothing to copy. */
async function copied(from: string, to: string): Promise<Digest | undefined> {
  try {
    await access(from);
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    return await writeFileFrom(to, createReadStream(from));
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
    // It was deleted between the look and the copy.
    await rm(to, { force: true });
    return undefined;
  }
}
