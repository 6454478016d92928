/** Opens `connections` sockets: how many a second. */
import { rounded } from '../lib/figures.mjs';
import { startMeter } from '../lib/meter.mjs';
import { openAll } from '../lib/open-all.mjs';

export async function load(options, adapter) {
  const meter = startMeter(options);
  await openAll(options, adapter);
  const use = meter();
  return {
    perSecond: rounded(options.connections / use.seconds),
    cpuMicros: rounded((use.cpu / options.connections) * 1e6),
    serverMicros: rounded((use.serverCpu / options.connections) * 1e6),
  };
}
