import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/**
 * The last result of each test, by its file: `{ [path]: { at, broken, tests: [{ titles, status, seconds }] } }`, where
 * `titles` begins with those of the groups around the test.
 */
const FILE = 'reports/test-results.json';

export function readTestResults() {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : undefined;
}

/** Keeps what jest reported. A run of some files leaves the results of the others as they were. */
export function keepTestResults(suites) {
  const known = Object.entries(readTestResults() ?? {}).filter(([path]) => existsSync(path));
  const at = new Date().toISOString();
  const fresh = suites.map((suite) => [relative(process.cwd(), suite.name), { at, ...resultOf(suite) }]);
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries([...known, ...fresh]), null, 1)}\n`);
}

function resultOf({ status, assertionResults }) {
  const tests = assertionResults.map(({ ancestorTitles, title, status: outcome, duration }) => ({
    titles: [...ancestorTitles, title],
    status: outcome,
    seconds: Math.round((duration ?? 0) / 100) / 10,
  }));
  return { broken: status === 'failed' && !tests.some((test) => test.status === 'failed'), tests };
}
