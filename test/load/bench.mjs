#!/usr/bin/env node
/**
 * Measures the relay in scenarios, each beside something that does the same in the same run, taking turns. Server and database run on
 * one core, the generator on another. Prints for each scenario a table and one line of JSON.
 *
 *   npm run bench [-- gateway http mixed storm login idle fanout growth] [--rounds 3 --seconds 5] [--keep]
 *
 * test/load/README.md says what each measures and takes.
 */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NODE_FLAGS } from '../../scripts/node-flags.mjs';
import { circumstances, keep, readHistory } from './lib/history.mjs';
import { Lab } from './lib/lab.mjs';
import { report } from './lib/report.mjs';
import { SCENARIOS } from './lib/scenarios.mjs';
import { faultsOf, summaryOf } from './lib/summary.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const text = { type: 'string' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: text,
    seconds: text,
    'warm-up': text,
    only: text,
    connections: text,
    members: text,
    rate: text,
    devices: text,
    missed: text,
    sizes: text,
    reference: { ...text, default: join(root, '../shared/bench') },
    against: text,
    push: { type: 'boolean', default: false },
    'node-flags': text,
    profile: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const names = positionals.length === 0 ? ['gateway'] : positionals;
const mistake = mistakeIn(names);
if (mistake !== undefined) {
  console.error(mistake);
  process.exit(2);
}

for (const name of names) {
  const scenario = SCENARIOS[name];
  const sizes = sizesFor(scenario);
  const results = await Lab.during(flagsFor(sizes), (lab) => scenario.run(lab));
  const run = { scenario: name, ...circumstances(), sizes, loads: summaryOf(results, scenario.unmatched) };
  report(run, readHistory());
  console.log(JSON.stringify(run));
  if (values.keep) keepIfWhole(run);
}

/** What is kept is what later runs are held against. */
function keepIfWhole(run) {
  const faults = faultsOf(run);
  const alone = Object.entries(run.loads).filter(([, { beside, alone }]) => (beside ?? alone) === undefined);
  faults.push(...alone.map(([load]) => `${load}: the reference is not there`));
  if (faults.length === 0) return keep(run);
  console.error(`Not kept: ${faults.join('; ')}.`);
  process.exitCode = 1;
}

function mistakeIn(names) {
  const unknown = names.filter((name) => !Object.hasOwn(SCENARIOS, name));
  if (unknown.length > 0) return `There is no scenario ${unknown.join(', ')}: ${Object.keys(SCENARIOS).join(' ')}.`;
  const otherwise = ['against', 'push', 'profile', 'node-flags'].filter((flag) => values[flag]);
  if (values.keep && otherwise.length > 0)
    return `--keep is for runs beside the reference, as they are repeated: not with --${otherwise.join(', --')}.`;
  return undefined;
}

/** What a run is about: only runs of the same sizes can be compared. */
function sizesFor({ defaults }) {
  const sizes = Object.entries({ rounds: 3, seconds: 5, 'warm-up': 5, ...defaults });
  return Object.fromEntries(
    sizes.map(([name, size]) => [name, values[name] === undefined ? size : like(size, values[name])]),
  );
}

/** The words of an option, as what stands there by default. */
function like(size, words) {
  if (!Array.isArray(size)) return Number(words);
  return words.split(',').map((word) => (typeof size[0] === 'number' ? Number(word) : word));
}

function flagsFor(sizes) {
  const { reference, against, push, profile } = values;
  const nodeFlags = values['node-flags']?.split(' ').filter(Boolean) ?? NODE_FLAGS;
  return { ...sizes, warmUp: sizes['warm-up'], reference, against, push, profile, nodeFlags };
}
