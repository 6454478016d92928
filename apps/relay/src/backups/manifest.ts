import { z } from 'zod';

export const MANIFEST_FILE = 'manifest.json';

const name = z.string().regex(/^[a-z0-9_]{1,63}$/);

/** A file of a backup, and how to tell that it is the one. */
const part = z.object({
  file: z.string().regex(/^[a-z0-9_]{1,63}(\.[a-z]{1,8}){1,2}$/),
  bytes: z.int().min(0),
  /** In hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifest = z.object({
  format: z.literal('sealpost-backup/1'),
  madeAt: z.iso.datetime(),
  relayVersion: z.string(),
  /** As `server_version_num` has it. */
  postgres: z.int(),
  /** Of the database that was backed up. What is restored gets another one. */
  incarnation: z.uuid(),
  migrations: z.array(z.string().regex(/^\w{1,100}$/)).min(1),
  /** In the order in which they are filled. */
  tables: z.array(part.extend({ name, columns: z.array(name).min(1), rows: z.int().min(0) })),
  /** The list of the files; null where an object store has them. */
  attachments: part.extend({ count: z.int().min(0) }).nullable(),
  secrets: part.nullable(),
});

export type BackupPart = z.output<typeof part>;
export type Manifest = z.output<typeof manifest>;

/** @throws {NotABackup} */
export function parseManifest(text: string): Manifest {
  try {
    return manifest.parse(JSON.parse(text));
  } catch (error) {
    throw new NotABackup(`${MANIFEST_FILE} is not the manifest of a backup that this version reads`, { cause: error });
  }
}

/** What was given is no backup, or not all of one. */
export class NotABackup extends Error {}
