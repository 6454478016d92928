import { parseArgs } from 'node:util';
import { attachmentsFolder } from './attachments/index.js';
import { BackupFolder, beginInPlace, restoreBackup } from './backups/index.js';
import { argumentsOf, Misused, type Surroundings } from './operator-command.js';
import { Clock } from './platform/clock/clock.js';
import { type Config, readConfig } from './platform/config/config.js';
import { keepSecrets } from './platform/config/generated-secrets.js';
import { startEmbeddedPostgres } from './platform/database/embedded/embedded-postgres.js';
import { Log } from './platform/logging/log.js';
import { RELAY_SCHEMA } from './schema.js';

export const USAGE = `Restores a backup of a relay into an empty database, for its operator. It reads the settings that the relay will have.

  FOLDER [--moved]   restores what \`backup\` has written there
  --in-place [--moved]
                     for a database that was brought back by other means, such as pg_basebackup, before a relay runs on it:
                     does what else restoring does, a new incarnation and the end of all sessions
      --moved        the relay has been stopped since before the backup was made: nobody has to sign in again
`;

interface DatabaseUrls {
  readonly ownerUrl: string;
  readonly applicationUrl: string;
}

/**
 * Restores a backup: 0 when all of it is there.
 * @throws {Misused} @throws {ConfigMistakes} @throws {Error} when something is in the way, or failed.
 */
export async function runRestore(args: readonly string[], { environment, write }: Surroundings): Promise<number> {
  const { folder, isMove } = parsed(args);
  const config = readConfig(environment);
  if (folder === undefined) return runInPlace(config, { isMove, write });
  const backup = new BackupFolder(folder);
  // Looked at before a server is started, and its folder made.
  await backup.manifest();
  return withOwnedDatabase(config, async (urls) => {
    const { manifest, attachments } = await restoreBackup(backup, {
      ...urls,
      schema: RELAY_SCHEMA,
      log: new Log({ LOG_LEVEL: 'silent' }),
      attachmentsFolder: config.S3_BUCKET === undefined ? attachmentsFolder(config) : undefined,
      at: new Clock().now(),
      isMove,
    });
    await write(
      `Restored the backup of ${manifest.madeAt}: ${String(manifest.tables.length)} tables, ${String(attachments)} attachments.\n`,
    );
    await write(wordsForSessions(isMove));
    const saved = manifest.secrets === null ? undefined : await backup.readText(manifest.secrets);
    await write(`${wordsForSecrets(config, saved)}\n`);
    return 0;
  });
}

async function runInPlace(
  config: Config,
  { isMove, write }: Pick<Surroundings, 'write'> & { readonly isMove: boolean },
): Promise<number> {
  return withOwnedDatabase(config, async (urls) => {
    const log = new Log({ LOG_LEVEL: 'silent' });
    await beginInPlace({ ...urls, schema: RELAY_SCHEMA, log, at: new Clock().now(), isMove });
    await write('The database begins a new life: clients will see that it is an older one.\n');
    await write(wordsForSessions(isMove));
    return 0;
  });
}

const wordsForSessions = (isMove: boolean): string =>
  isMove ? 'Sessions go on.\n' : 'All sessions are over: everybody signs in again.\n';

/** Without a folder where the database is to be taken as it stands. */
function parsed(args: readonly string[]): { folder: string | undefined; isMove: boolean } {
  const { values, positionals } = argumentsOf(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { moved: { type: 'boolean', default: false }, 'in-place': { type: 'boolean', default: false } },
    }),
  );
  const [folder = '', ...more] = positionals;
  if (values['in-place']) {
    if (folder !== '') throw new Misused('With --in-place there is no folder: the database is taken as it stands.');
    return { folder: undefined, isMove: values.moved };
  }
  if (folder === '') throw new Misused('The folder of the backup is missing.');
  if (more.length > 0) throw new Misused('Name one folder.');
  return { folder, isMove: values.moved };
}

/** The database that the settings name, or the embedded one, which is made where there is none. */
async function withOwnedDatabase<T>(config: Config, work: (urls: DatabaseUrls) => Promise<T>): Promise<T> {
  const { DATABASE_URL: applicationUrl } = config;
  if (applicationUrl !== undefined)
    return work({ applicationUrl, ownerUrl: config.MIGRATION_DATABASE_URL ?? applicationUrl });
  const server = await startEmbeddedPostgres({ directory: config.DATA_DIR, log: () => undefined });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** Puts secrets of the backup where the relay looks for its own, unless it has some. */
function wordsForSecrets(config: Config, saved: string | undefined): string {
  if (config.JWT_KEYS !== undefined && config.SERVER_SECRET !== undefined) return 'Secrets are those of the settings.';
  if (saved === undefined)
    return 'The backup has no secrets. Give the relay the JWT_KEYS and SERVER_SECRET that it had before it starts.';
  return keepSecrets(config.DATA_DIR, saved)
    ? 'Secrets are those of the backup.'
    : `Secrets are those that ${config.DATA_DIR} had: those of the backup were left alone.`;
}
