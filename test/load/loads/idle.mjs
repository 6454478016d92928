/** Opens `connections` sockets and holds them: memory of the server for each. */
import { setTimeout as sleep } from 'node:timers/promises';
import { rounded } from '../lib/figures.mjs';
import { openAll } from '../lib/open-all.mjs';
import { residentKiB } from '../lib/proc.mjs';

export async function load(options, adapter) {
  const before = await keptKiB(options);
  await openAll(options, adapter);
  return { kibPerSocket: rounded(((await keptKiB(options)) - before) / options.connections) };
}

/** What the server has in memory once it has given back what it can do without. */
async function keptKiB({ serverPid }) {
  await sleep(2000);
  process.kill(serverPid, 'SIGUSR2');
  await sleep(2000);
  return residentKiB(serverPid);
}
