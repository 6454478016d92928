import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readControls } from './matrix.mjs';
import { nameOfFile } from './page.mjs';
import { asSentence, isWritten, testsWithIds } from './titles.mjs';

const FOLDER = 'docs/evidence';
/** `{ [path of a test file]: { run, tests, measured } }` */
const RAW = `${FOLDER}/release-gate.json`;
const PAGE = `${FOLDER}/release-gate.md`;

/**
 * Keeps what a run has shown of the controls.
 *
 * @param run of what, when, on what: `{ commit, date, node, postgres, cores }`
 * @param results of the test files that ran, by their paths, as test-results.mjs has them
 * @param lines `{ file, control, figures }` for each measurement
 */
export function keepEvidence({ run, results, lines }) {
  const before = existsSync(RAW) ? JSON.parse(readFileSync(RAW, 'utf8')) : {};
  const known = { written: testsWithIds(), lines };
  const fresh = results.map(([path, result]) => [path, { run, ...shown(path, result, known) }]);
  const files = { ...before, ...Object.fromEntries(fresh) };
  const kept = Object.entries(files).filter(
    ([path, { tests, measured }]) => existsSync(path) && tests.length + measured.length > 0,
  );
  const sorted = Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1)));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(RAW, `${JSON.stringify(sorted, null, 2)}\n`);
  writeFileSync(PAGE, pageOf(sorted));
}

/** Each test, or group of tests, that carries ids of controls: how often it passed, and how long it took. */
function shown(path, { broken, tests }, { written, lines }) {
  const ofControls = written.filter(({ file }) => file === path);
  return {
    tests: ofControls.map(({ titles, ids }) => {
      const cases = tests.filter((test) => isWritten(titles, test.titles));
      const count = (status) => cases.filter((test) => test.status === status).length;
      const [passed, failed] = [count('passed'), count('failed') + (broken ? 1 : 0)];
      const seconds = Math.round(cases.reduce((sum, test) => sum + test.seconds, 0) * 10) / 10;
      const title = asSentence(titles);
      return { title, controls: ids.join(' '), passed, failed, skipped: cases.length - passed - failed, seconds };
    }),
    measured: lines.filter(({ file }) => file === path).map(({ control, figures }) => ({ control, figures })),
  };
}

function pageOf(files) {
  const runs = [...new Set(Object.values(files).map(({ run }) => JSON.stringify(run)))].map((text) => JSON.parse(text));
  const now = readControls().filter(({ planned }) => planned === undefined);
  return [
    '# What the release gate has measured',
    '',
    'Written by `npm run release-gate`, which runs all tests at full size. Raw: [release-gate.json](release-gate.json).',
    'What the controls are, and their tests in CI, stands in the [threat model](../threat-model.md).',
    '',
    '| run | commit | date | Node | PostgreSQL | cores |',
    '|---|---|---|---|---|---|',
    ...runs.map((run, index) => `| ${index + 1} | ${Object.values(run).join(' | ')} |`),
    ...now.flatMap((control) => [
      '',
      ...sectionOf(
        control,
        files,
        runs.map((run) => JSON.stringify(run)),
      ),
    ]),
    '',
  ].join('\n');
}

function sectionOf({ id, says }, files, runs) {
  const ofControl = Object.entries(files).flatMap(([path, { run, tests, measured }]) => {
    const proofs = tests.filter(({ controls }) => controls.split(' ').includes(id));
    const ofIt = measured.filter(({ control }) => control === id);
    if (proofs.length + ofIt.length === 0) return [];
    const number = runs.indexOf(JSON.stringify(run)) + 1;
    return [
      `[${nameOfFile(path)}](../../${path}), run ${number}:`,
      '',
      ...proofs.map((proof) => `- ${outcomeOf(proof)} in ${proof.seconds} s: ${proof.title}`),
      ...ofIt.map(({ figures }) => `- measured: ${asText(figures)}`),
      '',
    ];
  });
  return [`## ${id}`, '', says, '', ...(ofControl.length > 0 ? ofControl.slice(0, -1) : ['**Not run.**'])];
}

function outcomeOf({ passed, failed, skipped }) {
  if (failed > 0) return `**${failed} failed**`;
  if (passed === 0) return '**not run**';
  return `${passed} passed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function asText(figures) {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
