#!/usr/bin/env node
/** Runs the relay, rebuilt and restarted at every change, with readable logs. */
import { spawn } from 'node:child_process';

const env = { LOG_LEVEL: 'debug', ...process.env };
const nest = spawn(
  process.execPath,
  ['node_modules/@nestjs/cli/bin/nest.js', 'start', 'relay', '--watch', '--preserveWatchOutput'],
  {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
const pretty = spawn(process.execPath, ['node_modules/pino-pretty/bin.js', '--colorize', '--ignore', 'requestId'], {
  stdio: ['pipe', 'inherit', 'inherit'],
});
nest.stdout.pipe(pretty.stdin);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => nest.kill(signal));
nest.on('exit', (code) => {
  process.exitCode = code ?? 0;
  pretty.stdin.end();
});
