#!/usr/bin/env node
/**
 * Measures the SDK on a relay and a database of its own, each figure in a fresh process, and prints a table of medians and one
 * line of JSON. Wall time is what people wait; processor time moves less when others use the machine.
 *
 *   npm run bench:sdk [-- --rounds 3]
 */
import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { NODE_FLAGS } from '../../scripts/node-flags.mjs';
import { median, rounded } from './lib/figures.mjs';
import { Installation } from './lib/installation.mjs';
import { bundleProgram } from './lib/program.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });

/** What must hold, on a machine of which nobody else has a part. */
const TARGETS = { cryptMs: 5, openMs: 1_000, catchUpMs: 5_000, writeBytes: 10_240, writeMostBytes: 10_240 };

const installation = await Installation.make();
try {
  const program = await bundleProgram(join(here, 'sdk.fixture.ts'), installation.directory);
  const { url } = await installation.startRelay({ name: 'sdk', checkout: root, nodeFlags: NODE_FLAGS });
  report(await measureAll(program, JSON.stringify({ url, directory: installation.directory })));
} finally {
  await installation.remove();
}

async function measureAll(program, given) {
  const measured = [];
  const measure = async (scenario) => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, scenario, given]);
    measured.push(JSON.parse(stdout));
    console.log(JSON.stringify({ scenario, ...measured.at(-1) }));
  };
  for (const scenario of ['fill', 'meet']) await measure(scenario);
  for (let round = 0; round < Number(flags.rounds); round++)
    for (const scenario of ['crypt', 'open', 'send', 'catch up', 'write']) await measure(scenario);
  return measured;
}

function report(measured) {
  const names = [...new Set(measured.flatMap((figures) => Object.keys(figures)))];
  const figures = Object.fromEntries(
    names.map((name) => [name, rounded(median(measured.map((figures) => figures[name])))]),
  );
  console.table(names.map((figure) => ({ figure, median: figures[figure], target: TARGETS[figure] })));
  console.log(JSON.stringify({ bench: 'sdk', rounds: Number(flags.rounds), ...figures }));
}
