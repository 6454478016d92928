/** CPU time and memory of process trees, from /proc (Linux). */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
    return { pid, parent: Number(fields[1]), ticks: user + system, reapedTicks: childUser + childSystem };
  } catch {
    // Ended between listing and reading.
    return undefined;
  }
}

/** A process and all its descendants. */
function treeOf(root) {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const all = pids.map((pid) => statOf(Number(pid))).filter((stat) => stat !== undefined);
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

/** CPU seconds that the trees have used so far, ended children included. */
export function cpuSeconds(roots) {
  const ticks = roots.flatMap(treeOf).reduce((sum, stat) => sum + stat.ticks + stat.reapedTicks, 0);
  return ticks / TICKS_PER_SECOND;
}

/** Resident memory of one process, in KiB. */
export function residentKiB(pid) {
  return Number(/^Rss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0);
}

/** Keeps the trees on one core. */
export function pin(roots, core) {
  for (const { pid } of roots.flatMap(treeOf)) {
    try {
      execFileSync('taskset', ['-a', '-c', '-p', String(core), String(pid)], { stdio: 'ignore' });
    } catch {
      // A backend of the database that has ended meanwhile.
    }
  }
}
