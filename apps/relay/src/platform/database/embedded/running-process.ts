import { readdir, readFile } from 'node:fs/promises';
import { runCommand } from './command.js';

export interface RunningProcess {
  readonly pid: number;
  /** Differs between two processes that were given the same number, even across a reboot. */
  readonly startedAt: string;
  readonly commandLine: string;
}

/**
 * The process with this number, or `undefined` when there is none. A zombie counts as none: it
 * answers `kill(pid, 0)` for as long as its parent forgets it, which in a container can be for ever.
 */
export function findRunningProcess(pid: number): Promise<RunningProcess | undefined> {
  return process.platform === 'linux' ? findInProc(pid) : findWithPs(pid);
}

/** Every process that we may see. Takes some milliseconds. */
export async function listRunningProcesses(): Promise<readonly RunningProcess[]> {
  if (process.platform !== 'linux') return readPs(['-A']);
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const found = await Promise.all(pids.map(findInProc));
  return found.filter((running) => running !== undefined);
}

async function findInProc(pid: number): Promise<RunningProcess | undefined> {
  const folder = `/proc/${pid}`;
  try {
    const [stat, commandLine, boot] = await Promise.all([
      readFile(`${folder}/stat`, 'latin1'),
      readFile(`${folder}/cmdline`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'latin1'),
    ]);
    // proc_pid_stat(5): the second field, the name, may hold spaces and brackets. Count from its last bracket:
    // the state is then the first field and the start time, in ticks since boot, the twentieth.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state = '', startTime = ''] = [fields[0], fields[19]];
    if ('ZXx'.includes(state)) return undefined;
    return { pid, startedAt: `${boot.trim()} ${startTime}`, commandLine: commandLine.replaceAll('\0', ' ') };
  } catch {
    return undefined; // Gone, or going while it was read.
  }
}

/** macOS and the BSDs have no /proc. Exported so that it can be tested on Linux. */
export async function findWithPs(pid: number): Promise<RunningProcess | undefined> {
  return (await readPs(['-p', String(pid)])).at(0);
}

async function readPs(selection: readonly string[]): Promise<RunningProcess[]> {
  const args = ['-ww', '-o', 'pid=,state=,lstart=,command=', ...selection];
  const { stdout } = await runCommand({ file: 'ps', args });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, state = 'Z', startedAt = '', commandLine = ''] = PS_LINE.exec(line) ?? [];
    return state.startsWith('Z') ? [] : [{ pid: Number(pid), startedAt, commandLine }];
  });
}

/** The start time is five words, such as `Sat Nov 22 20:03:19 2025`. */
const PS_LINE = /^\s*(\d+)\s+(\S+)\s+((?:\S+\s+){4}\S+)\s+(.*)$/;
