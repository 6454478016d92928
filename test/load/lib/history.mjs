/** What was measured and kept: a line of JSON for each run of a scenario, the oldest first. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HISTORY_FILE = join(dirname(fileURLToPath(import.meta.url)), '../history.jsonl');

/** What the relay and its measurement are made from. */
const SOURCES = ['apps/relay', 'libs/protocol', 'test/load', 'package-lock.json'];

export function readHistory(file = HISTORY_FILE) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

export function keep(run, file = HISTORY_FILE) {
  appendFileSync(file, `${JSON.stringify(run)}\n`);
}

/** @returns the newest run of a scenario, if one was kept; with these sizes, if they are given. */
export function newestOf(history, scenario, sizes) {
  return history.findLast(
    (run) => run.scenario === scenario && (sizes === undefined || JSON.stringify(run.sizes) === JSON.stringify(sizes)),
  );
}

/** When, of what and where. A `+` behind the commit says that there were changes on top of it. */
export function circumstances() {
  const git = (...argv) => execFileSync('git', argv, { encoding: 'utf8' }).trim();
  const isChanged = git('status', '--porcelain', '--', ...SOURCES, ':!test/load/history.jsonl') !== '';
  return {
    date: new Date().toISOString(),
    commit: `${git('rev-parse', '--short=7', 'HEAD')}${isChanged ? '+' : ''}`,
    cores: availableParallelism(),
    node: process.version,
  };
}
