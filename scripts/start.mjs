#!/usr/bin/env node
/** Starts the relay; builds it first when there is no build, or an older one than the sources. */
import { spawn, spawnSync } from 'node:child_process';
import { NODE_FLAGS } from './node-flags.mjs';
import { isOutdated } from './outdated.mjs';

const MAIN = 'dist/relay/main.js';
const SOURCES = [
  'apps/relay',
  'libs/protocol',
  'ormconfig.ts',
  'package.json',
  'tsconfig.json',
  'nest-cli.json',
  'scripts/bundle.mjs',
];

if (isOutdated(MAIN, SOURCES)) {
  console.log('Building …');
  for (const step of [['node_modules/@nestjs/cli/bin/nest.js', 'build', 'relay'], ['scripts/bundle.mjs']]) {
    const { status } = spawnSync(process.execPath, step, { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
}
const relay = spawn(process.execPath, [...NODE_FLAGS, MAIN, ...process.argv.slice(2)], {
  // The channel carries nothing. It closes when this process ends, however it does, and then the relay ends, too.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => relay.kill(signal));
relay.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
