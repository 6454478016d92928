import { parseArgs } from 'node:util';
import { attachmentsFolder } from './attachments/index.js';
import { BackupFolder, checkBackup, makeBackup } from './backups/index.js';
import { argumentsOf, Misused, type Surroundings, withRelayDatabaseUrl } from './operator-command.js';
import { Clock } from './platform/clock/clock.js';
import { type Config, readConfig } from './platform/config/config.js';
import { secretsText } from './platform/config/generated-secrets.js';

export const USAGE = `Saves all that a relay keeps, for its operator. It reads the settings that the relay has, and the relay may run meanwhile.

  FOLDER             writes a backup into a new folder
  --verify FOLDER    reads a backup to its end, and says whether it is whole

      --with-secrets   saves JWT_KEYS and SERVER_SECRET, too: keep such a backup where you keep those
`;

/**
 * Makes a backup, or checks one: 0 when it is whole, 1 when it is damaged, or misses files that the database knows.
 * @throws {Misused} @throws {ConfigMistakes} @throws {Error} when it is no backup, or something cannot be read or written.
 */
export async function runBackup(args: readonly string[], { environment, write }: Surroundings): Promise<number> {
  const { folder, isCheck, withSecrets } = parsed(args);
  if (isCheck) return check(folder, write);
  const config = readConfig(environment);
  return withRelayDatabaseUrl(config, async (databaseUrl) => {
    const { manifest, sha256, lost } = await makeBackup(folder, {
      databaseUrl,
      attachmentsFolder: config.S3_BUCKET === undefined ? attachmentsFolder(config) : undefined,
      secrets: withSecrets ? secretsOf(config) : undefined,
      at: new Clock().now(),
    });
    await write(`Saved ${summaryOf(manifest)} in ${folder}.\nSHA-256 of its manifest: ${sha256}\n`);
    if (lost.length === 0) return 0;
    await write(`Of ${String(lost.length)} attachments that the database knows there is no file: ${lost.join(', ')}\n`);
    return 1;
  });
}

async function check(folder: string, write: Surroundings['write']): Promise<number> {
  const { manifest, sha256, fault } = await checkBackup(new BackupFolder(folder));
  if (fault !== undefined) {
    await write(`The backup is damaged: ${fault}.\n`);
    return 1;
  }
  await write(
    `The backup of ${manifest.madeAt} is whole: ${summaryOf(manifest)}.\nSHA-256 of its manifest: ${sha256}\n`,
  );
  return 0;
}

function parsed(args: readonly string[]): { folder: string; isCheck: boolean; withSecrets: boolean } {
  const { values, positionals } = argumentsOf(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { verify: { type: 'string' }, 'with-secrets': { type: 'boolean', default: false } },
    }),
  );
  const [folder = values.verify, ...more] = positionals;
  if (folder === undefined || folder === '') throw new Misused('The folder of the backup is missing.');
  if (more.length > 0 || (values.verify !== undefined && positionals.length > 0)) throw new Misused('Name one folder.');
  return { folder, isCheck: values.verify !== undefined, withSecrets: values['with-secrets'] };
}

function secretsOf(config: Config): string {
  const secrets = secretsText(config);
  if (secrets === undefined) throw new Misused('There are no secrets yet: the relay makes them when it first starts.');
  return secrets;
}

interface Counted {
  readonly tables: readonly { readonly rows: number }[];
  readonly attachments: { readonly count: number } | null;
  readonly secrets: object | null;
}

/** What is in a backup, in words. */
function summaryOf({ tables, attachments, secrets }: Counted): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const files =
    attachments === null ? 'no attachments (they are in a bucket)' : `${String(attachments.count)} attachments`;
  return `${String(tables.length)} tables with ${String(rows)} rows, ${files}${secrets === null ? ', no secrets' : ', secrets'}`;
}
