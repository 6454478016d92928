import type { BackupFolder } from './backup-folder.js';
import type { Manifest } from './manifest.js';
import { faultInAttachments } from './saved-attachments.js';

export interface CheckedBackup {
  readonly manifest: Manifest;
  readonly sha256: string;
  /** The first thing that is not as it was written. */
  readonly fault: string | undefined;
}

/** Reads every byte of a backup. @throws {NotABackup} when it has no manifest. */
export async function checkBackup(backup: BackupFolder): Promise<CheckedBackup> {
  const { manifest, sha256 } = await backup.manifest();
  return { manifest, sha256, fault: await firstFault(backup, manifest) };
}

async function firstFault(
  backup: BackupFolder,
  { tables, attachments, secrets }: Manifest,
): Promise<string | undefined> {
  for (const part of [...tables, attachments, secrets]) {
    const fault = part === null ? undefined : await backup.faultIn(part);
    if (fault !== undefined) return fault;
  }
  return attachments === null ? undefined : faultInAttachments(backup, attachments);
}
