#!/usr/bin/env node
/**
 * Runs all checks and ends with one plain line: "N passed, N failed[, N skipped]". Exits with 1 when anything failed.
 *
 *   node scripts/test.mjs [--only static|jest] [pattern of test paths …]
 *
 * A step that fails does not stop the ones after it. Each static check counts as one test. With CI=true a skipped test
 * counts as failed: it was skipped for want of a tool that CI is expected to have.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { keepTestResults } from './controls/test-results.mjs';

const minutes = 60_000;
const hours = 60 * minutes;
const lingerLimit = 20_000;
const buildStep = { title: 'build', script: 'build' };
/** The long ones first: two run at a time, since each of them keeps one core busy. */
const staticSteps = [
  { title: 'lint', script: 'lint' },
  { title: 'SDK package', script: 'sdk:check' },
  { title: 'docs site', script: 'docs:check' },
  { title: 'types', script: 'typecheck' },
  { title: 'first load', script: 'web:check' },
  { title: 'format', script: 'format:check' },
  { title: 'import rules', script: 'rules' },
  { title: 'dead code', script: 'knip' },
  { title: 'API document', script: 'contract:lint' },
  { title: 'API client', script: 'contract:client' },
];

const { values: options, positionals: patterns } = parseArgs({
  options: { only: { type: 'string' } },
  allowPositionals: true,
});
if (options.only !== undefined && !['static', 'jest'].includes(options.only)) {
  console.error(`--only takes "static" or "jest", not "${options.only}".`);
  process.exit(2);
}

/** So that nothing hangs for ever; on a slow machine all takes twice as long. Set by release-gate.mjs: long tests at full size. */
const jestLimit = (process.env.RELEASE_GATE ?? '') === '' ? 30 * minutes : 8 * hours;
const inCi = !['', '0', 'false'].includes(process.env.CI ?? '');
const report = [];
const totals = { passed: 0, failed: 0, skipped: 0 };

if (options.only !== 'static') await runStep(buildStep);
if (options.only !== 'jest') await runInPairs(staticSteps);
if (options.only !== 'static') await runJest();

console.log(`\n${report.join('\n')}\n`);
console.log(plainLine(totals));
process.exitCode = totals.failed > 0 ? 1 : 0;

async function runInPairs(steps) {
  const waiting = [...steps];
  const runAll = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await runStep(step);
  };
  await Promise.all([runAll(), runAll()]);
}

/** One npm script, one test. What it says comes when it has ended, so that what another says does not come in between. */
async function runStep({ title, script }) {
  const argv = ['run', '--silent', script];
  const { seconds, failure, output } = await run('npm', argv, { limit: 10 * minutes, isHeard: true });
  console.log(`\n── ${title}: npm run ${script}\n${output}`);
  count({ title, seconds, passed: failure ? 0 : 1, failures: failure ? [failure] : [], skips: [] });
}

async function runJest() {
  console.log('\n── tests: jest');
  const directory = mkdtempSync(join(tmpdir(), 'sealpost-tests-'));
  const outputFile = join(directory, 'results.json');
  try {
    const argv = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${outputFile}`, ...patterns];
    const { seconds, ...outcome } = await run(process.execPath, argv, { limit: jestLimit, outputFile });
    count({ title: 'tests', seconds, ...readResults(outputFile, outcome) });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What ran, by jest's own account, which is kept for `npm run controls`; a run that failed without a failed test, or ran no test, has failed all the same. */
function readResults(outputFile, { stopped, failure }) {
  if (!existsSync(outputFile)) return { passed: 0, failures: [`jest left no results and ${failure}`], skips: [] };
  const suites = JSON.parse(readFileSync(outputFile, 'utf8')).testResults;
  keepTestResults(suites);
  const tests = suites.flatMap(({ assertionResults }) => assertionResults);
  const named = (isMeant) => tests.filter(({ status }) => isMeant(status)).map(({ fullName }) => fullName);
  const passed = named((status) => status === 'passed').length;
  const failures = named((status) => status === 'failed');
  const skips = named((status) => !['passed', 'failed'].includes(status));
  const broken = suites.filter((suite) => suite.status === 'failed' && !hasFailedTest(suite));
  failures.push(...broken.map(({ name }) => `broken test file: ${relative(process.cwd(), name)}`));
  if (stopped || (failure && failures.length === 0)) failures.push(`jest ${failure}`);
  if (passed + failures.length === 0) failures.push('jest ran no test');
  return { passed, failures, skips };
}

function hasFailedTest(suite) {
  return suite.assertionResults.some(({ status }) => status === 'failed');
}

function count({ title, seconds, passed, failures, skips }) {
  const failed = inCi ? [...failures, ...skips.map((name) => `skipped: ${name}`)] : failures;
  const skipped = inCi ? [] : skips;
  totals.passed += passed;
  totals.failed += failed.length;
  totals.skipped += skipped.length;
  report.push(`${failed.length > 0 ? '✗' : '✓'} ${title.padEnd(14)}${seconds.toFixed(1).padStart(7)} s`);
  for (const name of failed) report.push(`    ✗ ${name}`);
  for (const name of skipped) report.push(`    - skipped: ${name}`);
}

function plainLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * Runs to the end. `stopped` says why it had to be ended, `failure` also how it failed by itself. A command that has written
 * `outputFile` and yet goes on has left something open (a server, a timer), and is not waited for much longer.
 */
function run(command, argv, { limit, outputFile, isHeard = false }) {
  const startedAt = performance.now();
  const channel = isHeard ? 'pipe' : 'inherit';
  const child = spawn(command, argv, { stdio: ['ignore', channel, channel] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  let stopped;
  const stop = (reason) => {
    stopped ??= reason;
    child.kill();
  };
  const isLingering = () => existsSync(outputFile) && Date.now() - statSync(outputFile).mtimeMs > lingerLimit;
  const timers = [setTimeout(stop, limit, `did not end within ${limit / minutes} minutes`)];
  if (outputFile) timers.push(setInterval(() => isLingering() && stop('left something open and did not end'), 1000));
  return new Promise((resolve) => {
    const end = (failure) => {
      timers.forEach(clearTimeout);
      resolve({ seconds: (performance.now() - startedAt) / 1000, stopped, failure: stopped ?? failure, output });
    };
    child.once('error', (error) => end(error.message));
    // `close` comes after the last that was said, but waits for whatever a stopped command has left behind.
    child.once(isHeard ? 'close' : 'exit', (code, signal) =>
      end(code === 0 ? undefined : `ended with ${signal ?? code}`),
    );
  });
}
