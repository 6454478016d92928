import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { dataFolderOf } from '../../apps/relay/src/platform/database/embedded/cluster.js';
import {
  type Postmaster,
  readPostmasterFile,
} from '../../apps/relay/src/platform/database/embedded/postmaster-file.js';
import type { BuiltRelay } from './built-relay.js';

export async function postmasterOf(relay: BuiltRelay): Promise<Postmaster | undefined> {
  return readPostmasterFile(dataFolderOf(relay.dataDirectory));
}

/** Sends a signal to all processes of the relay's embedded PostgreSQL. @returns the number of the postmaster. */
export async function signalPostgres(relay: BuiltRelay, signal: NodeJS.Signals): Promise<number> {
  const { pid } = (await postmasterOf(relay))!;
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(pid)]);
  // The sessions first: once the postmaster is gone they would end by themselves, in order.
  for (const process of [...stdout.trim().split('\n').map(Number), pid]) signalIfThere(process, signal);
  return pid;
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // A session may have ended meanwhile.
  }
}
