#!/usr/bin/env node
/**
 * Breaks a relay, or what it stands on, while clients write to it, and tells whether all that was acknowledged is there, once and
 * in order.
 *
 *   npm run chaos -- list            the cases there are, with what each does, short and long
 *   npm run chaos -- kill-relay      one, as long as it is in CI
 *   npm run chaos -- kill-relay --long       as long as it is before a release
 *   npm run chaos -- soak --long             two hours
 *   npm run chaos -- soak --minutes 30       or as long as one likes
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chaosCases } from './chaos/cases.mjs';

const SOAK = 'soak';
const LONG_SOAK_MINUTES = 120;
/** Some cases of the release gate have no time of their own. */
const SHORT_MS = 300_000;
const WIDTH = 100;

process.chdir(resolve(import.meta.dirname, '..'));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean' }, minutes: { type: 'string' }, help: { type: 'boolean' } },
});
const [wanted = 'list'] = positionals;
const cases = chaosCases();
const chosen = cases.find(({ name }) => name === wanted);
if (chosen !== undefined && !values.help) process.exitCode = await run(chosen);
else {
  show();
  process.exitCode = wanted === 'list' || values.help ? 0 : 1;
}

async function run({ file, project, isWhole }) {
  const jest = ['node_modules/jest/bin/jest.js', file, '--selectProjects', project];
  if (!isWhole) jest.push('--testNamePattern', String.raw`R-\d\d`);
  if (!values.long) jest.push('--testTimeout', String(SHORT_MS));
  // Cases that are too long for CI are left out of its list of tests.
  jest.push('--testPathIgnorePatterns', '/node_modules/');
  const minutes = values.minutes ?? (values.long ? String(LONG_SOAK_MINUTES) : undefined);
  const environment = {
    ...process.env,
    ...(values.long && { RELEASE_GATE: '1' }),
    ...(minutes !== undefined && { SOAK_MINUTES: minutes }),
  };
  const child = spawn(process.execPath, jest, { env: environment, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

function show() {
  const controls = new Map(JSON.parse(readFileSync('docs/controls.json', 'utf8')).map(({ id, says }) => [id, says]));
  console.log('npm run chaos -- CASE [--long] [--minutes N]');
  for (const { name, file, ids, sizes } of cases) {
    console.log(`\n${name}${ids.length > 0 ? ` (${ids.join(', ')})` : ''}: ${file}`);
    for (const id of ids) console.log(wrapped(`${id}: ${controls.get(id) ?? 'not listed'}`));
    for (const { name: size, short, long } of sizes) console.log(`    ${size}: short ${short}, long ${long}`);
    if (name === SOAK) console.log(`    minutes: short 2.5, long ${String(LONG_SOAK_MINUTES)}, or --minutes N`);
  }
}

/** In lines of a width, indented. */
function wrapped(text) {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (lines.at(-1).length + word.length >= WIDTH) lines.push('');
    lines[lines.length - 1] += ` ${word}`;
  }
  return lines.map((line) => `   ${line}`).join('\n');
}
