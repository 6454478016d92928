import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasErrorCode } from './error-code.js';
import { findRunningProcess } from './running-process.js';

const Holder = z.object({ pid: z.int().positive(), startedAt: z.string() });

export interface InstanceLock {
  release(): Promise<void>;
}

/**
 * Claims `directory` for this process. A lock left by a process that is gone is taken over.
 *
 * @throws Error when a living process holds it.
 */
export async function acquireInstanceLock(directory: string): Promise<InstanceLock> {
  const path = join(directory, LOCK_FILE);
  const startedAt = (await findRunningProcess(process.pid))?.startedAt ?? '';
  const content = JSON.stringify({ pid: process.pid, startedAt, claim: randomUUID() });
  while (!(await createExclusively(path, content))) {
    const holderPid = await findInstanceHolder(directory);
    if (holderPid !== undefined) {
      throw new Error(`The database directory ${directory} is already in use by process ${holderPid}.`);
    }
    await removeAbandoned(path);
  }
  return { release: () => release(path, content) };
}

/** The living process that holds `directory`, if any. */
export async function findInstanceHolder(directory: string): Promise<number | undefined> {
  const holder = await readHolder(join(directory, LOCK_FILE));
  if (holder === undefined) return undefined;
  const running = await findRunningProcess(holder.pid);
  return running?.startedAt === holder.startedAt ? holder.pid : undefined;
}

const LOCK_FILE = 'postgres.lock';

async function readHolder(path: string): Promise<z.infer<typeof Holder> | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined; // Absent, or cut short by a full disk: nobody can prove to hold it.
  }
}

async function release(path: string, content: string): Promise<void> {
  // Somebody may have removed the directory and made a new one, with a lock that is not ours.
  if ((await readFile(path, 'utf8').catch(() => '')) === content) await rm(path, { force: true });
}

/** A hard link, because it appears whole: no reader ever meets a lock file that is still empty. */
async function createExclusively(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Moves the lock aside before looking at it again: of two processes that both found it abandoned, the
 * slower would otherwise delete the lock which the faster has just made.
 */
async function removeAbandoned(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return;
    throw error;
  }
  const holder = await readHolder(aside);
  const running = holder && (await findRunningProcess(holder.pid));
  if (holder && running?.startedAt === holder.startedAt) await link(aside, path);
  await rm(aside, { force: true });
}
