import { lchown, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand, type Account } from './command.js';
import { hasErrorCode } from './error-code.js';
import { walkUp } from './file-tree.js';
import { findNobody, isRoot, type RunAs } from './run-as.js';
import { createSecrets, readSecrets, SECRETS_FILE, type Secrets } from './secrets.js';

export const SUPERUSER = 'postgres';

/** The folder with the data, inside the directory that holds everything of the embedded server. */
export function dataFolderOf(directory: string): string {
  return join(directory, 'postgres');
}

export interface Cluster {
  readonly secrets: Secrets;
  readonly isNew: boolean;
}

/**
 * Makes the data folder and its passwords, or checks that the existing ones fit.
 *
 * @throws Error when the data is another version's or another user's, or its passwords are gone.
 */
export async function prepareCluster(directory: string, runAs: RunAs): Promise<Cluster> {
  const data = dataFolderOf(directory);
  const secrets = await readSecrets(directory);
  const version = await readVersion(data);
  if (version === undefined) {
    const newSecrets = secrets ?? (await createSecrets(directory));
    await createCluster(directory, runAs, newSecrets.superuserPassword);
    return { secrets: newSecrets, isNew: true };
  }
  if (secrets === undefined) {
    throw new Error(`${join(directory, SECRETS_FILE)} is missing: restore it, or remove ${data} to start empty.`);
  }
  await requireSameVersion(data, version, runAs);
  await requireOwner(data, runAs.owner);
  return { secrets, isNew: false };
}

async function readVersion(data: string): Promise<string | undefined> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (hasErrorCode(error, 'EACCES')) {
      throw new Error(`${data} is closed to this user: run as the one it belongs to.`, { cause: error });
    }
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
  const entries = await readdir(data).catch(() => []);
  if (entries.length > 0) throw new Error(`${data} is not empty, and no PostgreSQL data either: move it away.`);
  return undefined;
}

/**
 * Aside, and moved into place when whole: a start that is killed half-way leaves nothing that looks like
 * a database.
 */
async function createCluster(directory: string, runAs: RunAs, superuserPassword: string): Promise<void> {
  await removeDrafts(directory);
  // A name of its own: the initdb of a killed start may still be there, and it empties its folder before it goes.
  const draft = await mkdtemp(join(directory, DRAFT_PREFIX));
  const data = join(draft, 'data');
  await mkdir(data, { mode: 0o700 });
  await writeFile(join(draft, 'password'), superuserPassword, { mode: 0o600 });
  await giveTo(draft, runAs.owner);
  const initdb = runAs.program('initdb', ['-D', await runAs.nameOf(data), ...INITDB_OPTIONS], data);
  const outcome = await runCommand(initdb, 60_000);
  if (!outcome.succeeded) throw new Error(`initdb failed: ${outcome.complaint}`);
  await rename(data, dataFolderOf(directory));
  await rm(draft, { recursive: true });
}

const DRAFT_PREFIX = 'postgres.new-';

async function removeDrafts(directory: string): Promise<void> {
  const drafts = (await readdir(directory)).filter((name) => name.startsWith(DRAFT_PREFIX));
  for (const draft of drafts) await rm(join(directory, draft), { recursive: true, force: true, maxRetries: 10 });
}

const INITDB_OPTIONS = [
  ...[`--username=${SUPERUSER}`, '--pwfile=../password', '--auth=scram-sha-256', '--no-instructions'],
  // Text sorts by code point and knows upper and lower case, the same on every machine.
  ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
];

async function requireSameVersion(data: string, version: string, runAs: RunAs): Promise<void> {
  const { stdout } = await runAs.tryPostgres();
  const ours = /\d+/.exec(stdout)?.[0];
  if (ours === version) return;
  throw new Error(
    `${data} was made by PostgreSQL ${version}, and this is ${ours ?? 'unknown'}. With the version of the relay that ran on it: ` +
      `npm run backup -- FOLDER. Then move ${data} away, and with this one: npm run restore -- FOLDER --moved. ` +
      'docs/upgrading.md says more.',
  );
}

async function requireOwner(data: string, owner: Account): Promise<void> {
  const { uid } = await stat(data);
  if (uid === owner.uid) return;
  // Root's disguise changes with the machine, from a user namespace to nobody or back. The data follows.
  if (isRoot() && (uid === 0 || uid === (await findNobody())?.uid)) return giveTo(data, owner);
  throw new Error(
    `${data} belongs to user ${uid}, but the database would run as user ${owner.uid}: ` +
      'run as the first, or give the folder to the second with chown -R.',
  );
}

async function giveTo(folder: string, { uid, gid }: Account): Promise<void> {
  for await (const path of walkUp(folder)) await lchown(path, uid, gid);
}
