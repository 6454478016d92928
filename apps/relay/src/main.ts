import cluster from 'node:cluster';
import { ConfigMistakes, readConfig } from './platform/config/config.js';
import { runRelay } from './run-relay.js';
import { runWorkers } from './workers.js';

try {
  const config = readConfig();
  if (cluster.isWorker) await runRelay(config, (announcement) => process.send?.(announcement));
  else if (config.WORKERS > 1) await runWorkers(config);
  else await runRelay(config);
} catch (error) {
  // One clear line for the operator; everything else is in the log.
  const reason =
    error instanceof ConfigMistakes
      ? error.message
      : `The relay cannot start: ${error instanceof Error ? error.message : 'unknown reason'}`;
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
