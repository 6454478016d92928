import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { type CopiedTable, DatabaseSnapshot } from '../platform/database/copy/snapshot.js';
import { RELAY_VERSION } from '../platform/version.js';
import { BackupFolder } from './backup-folder.js';
import type { Manifest } from './manifest.js';
import { RowCounter } from './row-counter.js';
import { saveAttachments } from './saved-attachments.js';

/** Bodies are ciphertext, which does not compress; but COPY writes them in hex, of which any level takes half away. */
const GZIP_LEVEL = 1;

export interface BackupSource {
  /** Of a role that may read every table. */
  readonly databaseUrl: string;
  /** `undefined` where an object store holds the attachments. */
  readonly attachmentsFolder: string | undefined;
  /** To be saved, too. */
  readonly secrets: string | undefined;
  readonly at: Date;
}

export interface MadeBackup {
  readonly manifest: Manifest;
  readonly sha256: string;
  /** Ids of attachments that the database knows, then and now, and that have no file. */
  readonly lost: readonly string[];
}

/** What a database says in one snapshot. */
type Rows = Pick<Manifest, 'postgres' | 'incarnation' | 'migrations' | 'tables'> & {
  readonly attachmentIds: readonly string[];
};

const KNOWN_FILES = `SELECT id FROM attachments WHERE state IN ('open', 'stored') AND received > 0 ORDER BY id`;

/**
 * Writes all that a relay keeps into a new folder, while it runs: the database as it is at one moment, then the files that
 * it knew then. @throws {Error} when something is in the folder, or anything cannot be read.
 */
export async function makeBackup(path: string, source: BackupSource): Promise<MadeBackup> {
  const backup = new BackupFolder(path);
  await backup.begin();
  const { attachmentIds, ...rows } = await saveRows(source.databaseUrl, backup);
  const { attachmentsFolder: folder } = source;
  const saved = folder === undefined ? undefined : await saveAttachments(folder, attachmentIds, backup);
  const secrets =
    source.secrets === undefined
      ? null
      : await backup.write('secrets.json', Readable.from([Buffer.from(source.secrets)]));
  const manifest: Manifest = {
    ...{ format: 'sealpost-backup/1', madeAt: source.at.toISOString(), relayVersion: RELAY_VERSION },
    ...rows,
    ...{ attachments: saved?.list ?? null, secrets },
  };
  const lost = await stillKnown(source.databaseUrl, saved?.absent ?? []);
  return { manifest, sha256: await backup.finish(manifest), lost };
}

async function saveRows(url: string, backup: BackupFolder): Promise<Rows> {
  return DatabaseSnapshot.of(url, async (snapshot) => {
    const [server] = await snapshot.query<{ postgres: number; incarnation: string }>(
      `SELECT current_setting('server_version_num')::int AS postgres, incarnation FROM relay`,
    );
    if (server === undefined) throw new Error('the database has no incarnation');
    const ids = await snapshot.query<{ id: string }>(KNOWN_FILES);
    const tables: Manifest['tables'] = [];
    for (const table of await snapshot.tables()) tables.push(await saveTable(snapshot, table, backup));
    const migrations = await snapshot.migrations();
    return { ...server, migrations, tables, attachmentIds: ids.map(({ id }) => id) };
  });
}

async function saveTable(
  snapshot: DatabaseSnapshot,
  table: CopiedTable,
  backup: BackupFolder,
): Promise<Manifest['tables'][number]> {
  const counter = new RowCounter();
  const gzip = createGzip({ level: GZIP_LEVEL });
  const part = await backup.write(`${table.name}.copy.gz`, snapshot.rowsOf(table), counter, gzip);
  return { ...part, name: table.name, columns: [...table.columns], rows: counter.rows };
}

/** Which of the files that were not there are still expected to be. */
async function stillKnown(url: string, absent: readonly string[]): Promise<string[]> {
  if (absent.length === 0) return [];
  const rows = await DatabaseSnapshot.of(url, (snapshot) => snapshot.query<{ id: string }>(KNOWN_FILES));
  const known = new Set(rows.map(({ id }) => id));
  return absent.filter((id) => known.has(id));
}
