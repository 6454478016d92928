#!/usr/bin/env node
/**
 * Starts the relay with the web app; builds first what has no build, or an older one than its sources.
 *
 *   npm start -- [--workers N]
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { NODE_FLAGS } from './node-flags.mjs';
import { isOutdated } from './outdated.mjs';
import { build, buildRelay } from './relay-build.mjs';

const MAIN = 'dist/relay/main.js';
const WEB_PAGE = 'dist/web/index.html';
const WEB_SOURCES = [
  'apps/web',
  'libs/api-client',
  'libs/crypto',
  'libs/protocol',
  'libs/sdk',
  'package.json',
  'scripts/web',
];

// The relay's build empties dist, and the app goes with it. The relay also runs where there is no app.
buildRelay();
if (existsSync('apps/web') && isOutdated(WEB_PAGE, WEB_SOURCES)) build(['scripts/web/build.mjs']);
const { workers } = parseArgs({ options: { workers: { type: 'string' } } }).values;
const relay = spawn(process.execPath, [...NODE_FLAGS, MAIN], {
  env: workers === undefined ? process.env : { ...process.env, WORKERS: workers },
  // The channel carries nothing. It closes when this process ends, however it does, and then the relay ends, too.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => relay.kill(signal));
relay.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
