#!/usr/bin/env node
/**
 * What runs before a release: all tests at full size, which takes hours. Leaves what was measured in docs/evidence, and the
 * results in docs/threat-model.md.
 *
 *   npm run release-gate [-- pattern of test paths …]
 *
 * A run of a part replaces the evidence of the test files it ran, and keeps that of the others.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepEvidence } from './controls/evidence.mjs';
import { readTestResults } from './controls/test-results.mjs';

const directory = mkdtempSync(join(tmpdir(), 'sealpost-gate-'));
const evidenceFile = join(directory, 'evidence.jsonl');
const startedAt = new Date().toISOString();
const commit = commitNow();
try {
  const status = await run(['scripts/test.mjs', '--only', 'jest', ...process.argv.slice(2)], {
    RELEASE_GATE: '1',
    EVIDENCE_FILE: evidenceFile,
  });
  const results = Object.entries(readTestResults() ?? {}).filter(([, { at }]) => at > startedAt);
  keepEvidence({ run: await environment(), results, lines: linesOf(evidenceFile) });
  const proven = await run(['scripts/controls.mjs', '--write']);
  process.exitCode = status === 0 ? proven : status;
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function run(argv, settings = {}) {
  const child = spawn(process.execPath, argv, { stdio: 'inherit', env: { ...process.env, ...settings } });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}

/** A tree with changes that are not committed is no commit. */
function commitNow() {
  const git = (...argv) => execFileSync('git', argv, { encoding: 'utf8' }).trim();
  const isClean = git('status', '--porcelain', '--', ':!docs') === '';
  return `${git('rev-parse', '--short=12', 'HEAD')}${isClean ? '' : ' and changes'}`;
}

/** Asked after the run, which has built the relay. */
async function environment() {
  const { locateBinaries } = await import('../dist/apps/relay/src/platform/database/embedded/binaries.js');
  const postgres = execFileSync(join(await locateBinaries(), 'bin/postgres'), ['--version'], { encoding: 'utf8' });
  const [, version = 'unknown'] = /\(PostgreSQL\) (\S+)/.exec(postgres) ?? [];
  return {
    commit,
    date: startedAt.slice(0, 10),
    node: process.version,
    postgres: version,
    cores: availableParallelism(),
  };
}

function linesOf(file) {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
