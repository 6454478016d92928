#!/usr/bin/env node
/**
 * Sends a file of a gibibyte through a relay of its own and reads it again, and prints by how much the memory of the SDK's process
 * has grown at most, and how fast it went. Exit code 1 if it has grown by more than it may.
 *
 *   npm run bench:attachments [-- --mebibytes 1024]
 */
import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { NODE_FLAGS } from '../../scripts/node-flags.mjs';
import { rounded } from './lib/figures.mjs';
import { Installation } from './lib/installation.mjs';
import { bundleProgram } from './lib/program.mjs';

const MOST_GROWN_MIB = 200;

const here = dirname(fileURLToPath(import.meta.url));
const { values: flags } = parseArgs({ options: { mebibytes: { type: 'string', default: '1024' } } });

const installation = await Installation.make();
try {
  const { directory } = installation;
  const program = await bundleProgram(join(here, 'attachments.fixture.ts'), directory);
  const environment = { ATTACHMENTS_DIR: join(directory, 'attachments') };
  const { url } = await installation.startRelay({
    name: 'attachments',
    checkout: resolve(here, '../..'),
    nodeFlags: NODE_FLAGS,
    environment,
  });
  const given = { url, directory, bytes: Number(flags.mebibytes) * 1024 ** 2 };
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, JSON.stringify(given)]);
  const measured = Object.entries(JSON.parse(stdout)).map(([name, figure]) => [name, rounded(figure)]);
  const figures = Object.fromEntries(measured);
  console.log(JSON.stringify({ bench: 'attachments', mebibytes: Number(flags.mebibytes), ...figures }));
  if (figures.sendGrownMiB > MOST_GROWN_MIB || figures.openGrownMiB > MOST_GROWN_MIB) process.exitCode = 1;
} finally {
  await installation.remove();
}
