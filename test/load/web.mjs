#!/usr/bin/env node
/**
 * Measures the web app in Chromium, on a relay of its own, in an account with 200 conversations and 20,000 messages that were
 * really sent, and prints a table of medians and one line of JSON. Needs Debian's `chromium`, and about ten minutes.
 *
 *   npm run build && npm run bench:web [-- --rounds 3 --conversations 200 --messages 100]
 */
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NODE_FLAGS } from '../../scripts/node-flags.mjs';
import { Installation } from './lib/installation.mjs';
import { bundleProgram } from './lib/program.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    conversations: { type: 'string', default: '200' },
    messages: { type: 'string', default: '100' },
  },
});

const installation = await Installation.make();
try {
  const program = await bundleProgram(join(here, 'web.fixture.mjs'), installation.directory);
  const WEB_DIR = join(root, 'dist/web');
  const { url } = await installation.startRelay({
    name: 'web',
    checkout: root,
    nodeFlags: NODE_FLAGS,
    environment: { WEB_DIR },
  });
  const { directory } = installation;
  const [rounds, conversations, messages] = [flags.rounds, flags.conversations, flags.messages].map(Number);
  await run(program, JSON.stringify({ url, directory, rounds, conversations, messages }));
} finally {
  await installation.remove();
}

function run(program, given) {
  const child = spawn(process.execPath, [program, given], { stdio: 'inherit' });
  return new Promise((done, fail) =>
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`the measurement ended with ${code}`)))),
  );
}
