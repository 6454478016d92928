import { ConfigMistakes, readConfig } from './platform/config/config.js';
import { runRelay } from './run-relay.js';

try {
  await runRelay(readConfig());
} catch (error) {
  // One clear line for the operator; everything else is in the log.
  const reason =
    error instanceof ConfigMistakes
      ? error.message
      : `The relay cannot start: ${error instanceof Error ? error.message : 'unknown reason'}`;
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}
