import { createGunzip } from 'node:zlib';
import { AuditLog } from '../audit/index.js';
import { fillDatabase, occupancyOf, type TableContents } from '../platform/database/copy/fill.js';
import { prepareDatabase, withMigrated } from '../platform/database/prepare-database.js';
import type { Schema } from '../platform/database/schema.js';
import type { Log } from '../platform/logging/log.js';
import type { BackupFolder } from './backup-folder.js';
import { checkBackup } from './check-backup.js';
import { type Manifest, NotABackup } from './manifest.js';
import { beginNewLife } from './restored.store.js';
import { restoreAttachments } from './saved-attachments.js';

/** Tables into which migrations put a row. */
const SEEDED = ['relay', 'server_settings'];

export interface RestoreTarget {
  readonly ownerUrl: string;
  readonly applicationUrl: string;
  readonly schema: Schema;
  readonly log: Log;
  /** `undefined` where an object store holds the attachments. */
  readonly attachmentsFolder: string | undefined;
  readonly at: Date;
  /** Whether nothing has happened since the backup was made, so that nothing has to be taken back. */
  readonly isMove: boolean;
}

/** What is in the way of restoring. */
export class CannotRestore extends Error {}

export interface Restored {
  readonly manifest: Manifest;
  readonly attachments: number;
}

/**
 * Restores a backup into an empty database: first every byte of it is checked, then the files are put in place, and then all
 * tables are filled in one transaction. @throws {NotABackup} @throws {CannotRestore}
 */
export async function restoreBackup(backup: BackupFolder, target: RestoreTarget): Promise<Restored> {
  const { manifest, fault } = await checkBackup(backup);
  if (fault !== undefined) throw new NotABackup(fault);
  const schema = schemaAt(manifest, target.schema);
  await demandEmpty(target.ownerUrl, manifest);
  const attachments = await withMigrated({ ...target, schema }, async () => {
    const restored = await restoreFiles(backup, manifest, target);
    await fillDatabase(target.ownerUrl, {
      tables: manifest.tables.map((table) => contentsOf(backup, table)),
      seeded: SEEDED,
      settle: async (statements) => {
        await beginNewLife(statements, new AuditLog(statements), target);
      },
    });
    return restored;
  });
  // What migrations came after the backup, and what the application role may do.
  await prepareDatabase(target);
  return { manifest, attachments };
}

/** The schema as it was when the backup was made. */
function schemaAt({ migrations: done, relayVersion }: Manifest, schema: Schema): Schema {
  const known = new Map(schema.migrations.map((migration) => [migration.name, migration]));
  const unknown = done.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new CannotRestore(
      `the backup was made by a newer version (${relayVersion}, with the migration ${unknown}): restore it with that one`,
    );
  return { ...schema, migrations: schema.migrations.filter(({ name }) => done.includes(name)) };
}

async function demandEmpty(ownerUrl: string, { migrations: wanted }: Manifest): Promise<void> {
  const { migrations, filled, relays } = await occupancyOf(ownerUrl);
  if (relays > 0) throw new CannotRestore('a relay uses this database: stop it first');
  const occupied = filled.filter((name) => !SEEDED.includes(name));
  if (occupied.length > 0)
    throw new CannotRestore(
      `the database is not empty: ${occupied.join(', ')} ${occupied.length > 1 ? 'have' : 'has'} rows`,
    );
  const newer = migrations.find((name) => !wanted.includes(name));
  if (newer !== undefined)
    throw new CannotRestore(`the database has a newer schema than the backup (${newer}): make an empty one`);
}

async function restoreFiles(
  backup: BackupFolder,
  { attachments }: Manifest,
  { attachmentsFolder }: RestoreTarget,
): Promise<number> {
  if (attachments === null) return 0;
  if (attachmentsFolder === undefined)
    throw new CannotRestore('the backup has files of attachments, and they are to be in a bucket: unset S3_BUCKET');
  return restoreAttachments(backup, attachments, attachmentsFolder);
}

function contentsOf(backup: BackupFolder, table: Manifest['tables'][number]): TableContents {
  return { ...table, read: () => [backup.read(table.file), createGunzip()] };
}
