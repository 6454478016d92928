import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

/** What a server says of itself in its data folder. It may be long gone: a killed server leaves the file behind. */
export async function readPostmasterFile(data: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  // Line 4 is the port, and line 8 is the state (pidfile.h). It is what pg_ctl waits for, too.
  return Number.isSafeInteger(pid) && pid > 0
    ? { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' }
    : undefined;
}
