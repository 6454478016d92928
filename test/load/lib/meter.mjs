/** Time, and what the server and its database use of a processor meanwhile. */
import { cpuSeconds } from './proc.mjs';

/** @returns what ends it. @param databasePid left out for a server that stores nothing. */
export function startMeter({ serverPid, databasePid }) {
  const all = [serverPid, databasePid].filter((pid) => pid !== undefined);
  const start = { at: performance.now(), cpu: cpuSeconds(all), server: cpuSeconds([serverPid]) };
  return () => ({
    seconds: (performance.now() - start.at) / 1000,
    cpu: cpuSeconds(all) - start.cpu,
    serverCpu: cpuSeconds([serverPid]) - start.server,
  });
}
