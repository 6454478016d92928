#!/usr/bin/env node
/** Lints openapi.json by redocly.yaml. A warning is an error here, and the linter stays off the network. */
import { spawnSync } from 'node:child_process';

const offline = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
const argv = ['lint', 'openapi.json', '--config=redocly.yaml', '--format=json', '--max-problems=1000'];
const { stdout, stderr } = spawnSync(process.execPath, ['node_modules/@redocly/cli/bin/cli.js', ...argv], {
  env: { ...process.env, ...offline },
  encoding: 'utf8',
});
const { totals, problems } = readReport();
for (const { severity, ruleId, message, location } of problems)
  console.error(`${severity} ${ruleId} at ${location[0]?.pointer ?? '?'}: ${message}`);
process.exitCode = totals.errors + totals.warnings > 0 ? 1 : 0;

function readReport() {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`the linter gave no report:\n${stderr}`);
  }
}
