import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readControls } from './matrix.mjs';
import { nameOfFile } from './page.mjs';
import { asSentence, isWritten, testsWithIds } from './titles.mjs';

const FOLDER = 'docs/evidence';
/** `{ [path of a test file]: { run, tests, figures } }` */
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
  const files = {
    ...before,
    ...Object.fromEntries(results.map(([path, result]) => [path, { run, ...shown(path, result, lines) }])),
  };
  const kept = Object.entries(files).filter(([path, { tests }]) => existsSync(path) && tests.length > 0);
  const sorted = Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1)));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(RAW, `${JSON.stringify(sorted, null, 2)}\n`);
  writeFileSync(PAGE, pageOf(sorted));
}

/** The tests of controls, with the ids that they and the groups around them carry; nothing of a file that has none. */
function shown(path, { broken, tests }, lines) {
  const written = testsWithIds().filter(({ file }) => file === path);
  const ofControls = tests.flatMap(({ titles, status, seconds }) => {
    const controls = written.filter((one) => isWritten(one.titles, titles)).flatMap(({ ids }) => ids);
    return controls.length === 0 ? [] : [{ title: asSentence(titles), controls: controls.join(' '), status, seconds }];
  });
  const ofBroken = broken
    ? written.map(({ titles, ids }) => ({
        title: asSentence(titles),
        controls: ids.join(' '),
        status: 'failed',
        seconds: 0,
      }))
    : [];
  const figures = lines
    .filter(({ file }) => file === path)
    .map(({ control, figures: measured }) => ({ control, ...measured }));
  return { tests: [...ofControls, ...ofBroken], figures };
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
  const ofControl = Object.entries(files).flatMap(([path, { run, tests, figures }]) => {
    const proofs = tests.filter(({ controls }) => controls.split(' ').includes(id));
    const measured = figures.filter(({ control }) => control === id);
    if (proofs.length + measured.length === 0) return [];
    const number = runs.indexOf(JSON.stringify(run)) + 1;
    return [
      `[${nameOfFile(path)}](../../${path}), run ${number}:`,
      '',
      ...proofs.map(
        ({ title, status, seconds }) => `- ${status === 'passed' ? status : `**${status}**`} in ${seconds} s: ${title}`,
      ),
      ...measured.map(({ control: _, ...rest }) => `- measured: ${asText(rest)}`),
      '',
    ];
  });
  return [`## ${id}`, '', says, '', ...(ofControl.length > 0 ? ofControl.slice(0, -1) : ['**Not run.**'])];
}

function asText(figures) {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
