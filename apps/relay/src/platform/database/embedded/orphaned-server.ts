import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { hasErrorCode } from './error-code.js';
import { readPostmasterFile } from './postmaster-file.js';
import { findRunningProcess, listRunningProcesses } from './running-process.js';

/**
 * Stops the server that a killed parent left running on this data, and waits until it is gone. To be
 * called by the holder of the instance lock only: a server whose parent lives is no orphan.
 *
 * @returns the number of the process that last ran on the data, if it was not stopped properly. By now it may be
 *   another program's.
 */
export async function stopOrphanedServer(data: string): Promise<number | undefined> {
  const postmaster = await readPostmasterFile(data);
  if (postmaster === undefined) return undefined;
  const name = await serverNameOf(data);
  const findPostmaster = (): Promise<number[]> => findNamed(postmaster.pid, name);
  await endAll(findPostmaster, ['SIGINT', 'SIGQUIT', 'SIGKILL']);
  // A killed postmaster leaves its busy sessions at work, and PostgreSQL will not start beside them.
  await endAll(() => findChildren(name), ['SIGQUIT', 'SIGKILL']);
  return postmaster.pid;
}

/**
 * A name for the server which `ps` shows, and by which a later start knows that it runs on this data. Not made
 * from the path: containers that see each other's processes may have different folders there.
 */
export async function serverNameOf(data: string): Promise<string> {
  const { dev, ino } = await stat(data);
  return `sealpost-${createHash('sha256').update(`${dev} ${ino}`).digest('hex').slice(0, 16)}`;
}

const PATIENCE_MILLISECONDS = 10_000;
const POLL_MILLISECONDS = 20;

/** Sends each signal in turn, until none is left. */
async function endAll(find: () => Promise<number[]>, signals: readonly NodeJS.Signals[]): Promise<void> {
  let pids = await find();
  for (const signal of signals) {
    const deadline = performance.now() + PATIENCE_MILLISECONDS;
    for (const pid of pids) send(signal, pid);
    while (pids.length > 0 && performance.now() < deadline) {
      await delay(POLL_MILLISECONDS);
      pids = await find();
    }
  }
  if (pids.length > 0)
    throw new Error(`The database is still in use by process ${pids.join(', ')}, which will not stop.`);
}

function send(signal: NodeJS.Signals, pid: number): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!hasErrorCode(error, 'ESRCH')) throw error; // It may have gone by itself.
  }
}

async function findNamed(pid: number, name: string): Promise<number[]> {
  const running = await findRunningProcess(pid);
  return running?.commandLine.includes(`cluster_name=${name}`) ? [pid] : [];
}

async function findChildren(name: string): Promise<number[]> {
  const all = await listRunningProcesses();
  return all.filter(({ commandLine }) => commandLine.startsWith(`postgres: ${name}: `)).map(({ pid }) => pid);
}
