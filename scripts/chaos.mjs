#!/usr/bin/env node
/**
 * Breaks a relay, or what it stands on, while clients write to it, and tells whether all that was acknowledged is there, once and
 * in order.
 *
 *   npm run chaos                    the cases there are
 *   npm run chaos -- kill-relay      one, as long as it is in CI
 *   npm run chaos -- kill-relay --long   as long as it is before a release
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const SUFFIX = '.chaos-spec.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { long: { type: 'boolean' } } });
const folder = resolve(import.meta.dirname, '../test/chaos');
const cases = readdirSync(folder)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length));
const [wanted] = positionals;
if (wanted !== undefined && cases.includes(wanted)) {
  const jest = ['node_modules/jest/bin/jest.js', `test/chaos/${wanted}${SUFFIX}`, '--selectProjects', 'chaos'];
  // Cases that are too long for CI are left out of its list of tests.
  const environment = { ...process.env, ...(values.long && { RELEASE_GATE: '1' }) };
  const child = spawn(process.execPath, jest, { cwd: resolve(folder, '../..'), env: environment, stdio: 'inherit' });
  [process.exitCode] = await once(child, 'exit');
} else {
  console.log(`npm run chaos -- CASE [--long]\n\n${cases.map((name) => `  ${name}`).join('\n')}`);
  process.exitCode = wanted === undefined ? 0 : 1;
}
