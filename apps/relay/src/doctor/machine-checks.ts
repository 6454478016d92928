import { statfs } from 'node:fs/promises';
import { RELAY_VERSION } from '../platform/version.js';
import { fail, type Finding, ok, warn } from './finding.js';

const OLDEST_NODE = [20, 19] as const;
/** Below the first, attachments are refused; a database that fills the rest stops. */
const BYTES_TO_FAIL = 256 * 1024 ** 2;
const BYTES_TO_WARN = 2 * 1024 ** 3;

export function examineVersions(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  const versions = `relay ${RELAY_VERSION} on Node ${process.versions.node}`;
  return isOld
    ? fail('versions', `${versions}: it needs Node ${OLDEST_NODE.join('.')} or newer`)
    : ok('versions', versions);
}

/** How much room there is where something is kept. */
export async function examineDisk(what: string, folder: string): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const says = `${(free / 1024 ** 3).toFixed(1)} GiB are free in ${folder}`;
    if (free < BYTES_TO_FAIL) return fail(what, `${says}: make room`);
    return free < BYTES_TO_WARN ? warn(what, `${says}: make room soon`) : ok(what, says);
  } catch {
    return warn(what, `there is no folder ${folder} yet: the relay makes it`);
  }
}
