import { readFileSync } from 'node:fs';
import { isWritten, testsWithIds } from './titles.mjs';

/**
 * Every control with the tests that carry its id: from docs/controls.json, the titles in the test files, and the results of
 * each test's last run.
 */
export function readControls(results = {}) {
  const listed = JSON.parse(readFileSync('docs/controls.json', 'utf8'));
  const written = testsWithIds();
  return listed.map((control) => {
    const tests = written
      .filter(({ ids }) => ids.includes(control.id))
      .map((test) => ({ ...test, outcomes: outcomesOf(test, results[test.file]) }));
    return { ...control, tests, outcome: verdict(tests) };
  });
}

/** What is wrong with the list, or with the ids in titles, in words. */
export function mistakesInIds(controls) {
  const known = new Set(controls.map(({ id }) => id));
  const unknown = testsWithIds().flatMap(({ file, ids }) =>
    ids
      .filter((id) => !known.has(id))
      .map((id) => `${file} has a test of ${id}, which docs/controls.json does not list.`),
  );
  const bare = controls.filter(({ planned, tests }) => planned === undefined && tests.length === 0);
  const early = controls.filter(({ planned, tests }) => planned !== undefined && tests.length > 0);
  return [
    ...(known.size === controls.length ? [] : ['docs/controls.json lists an id twice.']),
    ...unknown,
    ...bare.map(({ id }) => `${id} has no test.`),
    ...early.map(({ id }) => `${id} is "planned" in docs/controls.json, and has a test.`),
  ];
}

function outcomesOf({ titles }, file) {
  if (file === undefined) return [];
  if (file.broken) return ['failed'];
  return file.tests.filter((test) => isWritten(titles, test.titles)).map(({ status }) => status);
}

/** One failed test is a failed control; so is one that nothing proves. */
function verdict(tests) {
  const outcomes = tests.flatMap((test) => (test.outcomes.length > 0 ? test.outcomes : ['not run']));
  const count = (status) => outcomes.filter((one) => one === status).length;
  const [passed, failed, unrun] = [count('passed'), count('failed'), count('not run')];
  const skipped = outcomes.length - passed - failed - unrun;
  const beside = [...(skipped > 0 ? [`${skipped} skipped`] : []), ...(unrun > 0 ? [`${unrun} not run`] : [])];
  if (tests.length === 0) return { isRed: true, words: 'no test' };
  if (failed > 0) return { isRed: true, words: `${failed} of ${outcomes.length} failed` };
  if (passed === 0) return { isRed: true, words: skipped > 0 ? 'skipped' : 'not run' };
  return { isRed: false, words: [`${passed} passed`, ...beside].join(', ') };
}
