import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** What docs/threat-model.md says of controls and their tests is what there is; and a page that drifts is caught. */

const root = resolve(__dirname, '../..');

interface Shown {
  readonly status: number | null;
  readonly text: string;
}

function controls(directory: string, ...options: string[]): Shown {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/controls.mjs', ...options], {
    cwd: directory,
    encoding: 'utf8',
  });
  return { status, text: stdout + stderr };
}

describe('the controls', () => {
  it('stand in the threat model with the tests there are (`npm run controls -- --write` writes them anew)', () => {
    expect(controls(root, '--check')).toEqual({ status: 0, text: '' });
  });
});

const SPEC = 'test/e2e/doors.e2e-spec.ts';
const PAGE = 'docs/threat-model.md';
const LIST = [
  { id: 'C-01', says: 'Doors are shut.' },
  { id: 'C-02', says: 'Windows are shut.', instead: 'There are none.' },
  { id: 'C-03', says: 'Roofs are tight.', planned: 'the roof' },
];
const TESTS = `
describe('a door', () => {
  it('is shut (C-01)', () => undefined);
  it.each(['red', 'blue'])('that is %s stays shut, and has no window (C-01, C-02)', () => undefined);
});
`;
const passed = (...titles: string[]) => ({ titles: ['a door', ...titles], status: 'passed', seconds: 0 });
const RESULTS = {
  [SPEC]: {
    at: '2026-11-25T00:00:00.000Z',
    broken: false,
    tests: [
      passed('is shut (C-01)'),
      passed('that is red stays shut, and has no window (C-01, C-02)'),
      passed('that is blue stays shut, and has no window (C-01, C-02)'),
    ],
  },
};

describe('a small house', () => {
  let house: string;
  let page: string;
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  };
  const results = (change: object): void => {
    write('reports/test-results.json', JSON.stringify({ [SPEC]: { ...RESULTS[SPEC], ...change } }));
  };

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'sealpost-controls-'));
    cpSync(join(root, 'scripts'), join(house, 'scripts'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
    build('# House\n\n<!-- controls -->\n\n<!-- /controls -->\n\nThe end.\n');
    expect(controls(house, '--write').status).toBe(0);
    page = readFileSync(join(house, PAGE), 'utf8');
  });
  beforeEach(() => {
    for (const path of ['docs', 'test', 'reports']) rmSync(join(house, path), { recursive: true, force: true });
    build(page);
  });
  afterAll(() => {
    rmSync(house, { recursive: true });
  });

  function build(threatModel: string): void {
    write('docs/controls.json', JSON.stringify(LIST));
    write(PAGE, threatModel);
    write(SPEC, TESTS);
    results({});
  }

  it('has a page of each control, its tests and how they went, and what is only planned', () => {
    expect(controls(house, '--check')).toEqual({ status: 0, text: '' });
    expect(page.split('\n')).toEqual([
      ...['# House', '', '<!-- controls -->'],
      '| control | what must hold | tests | last result |',
      '|---|---|---|---|',
      '| **C-01** | Doors are shut. | [doors](../test/e2e/doors.e2e-spec.ts): “a door is shut”, “a door that is … stays shut, and has no window” | 3 passed |',
      '| **C-02** | Windows are shut.<br>*Instead:* There are none. | [doors](../test/e2e/doors.e2e-spec.ts): “a door that is … stays shut, and has no window” | 2 passed |',
      ...['', 'Not there yet, and so not tested:', ''],
      ...['| control | what will have to hold | comes with |', '|---|---|---|'],
      '| **C-03** | Roofs are tight. | the roof |',
      ...['<!-- /controls -->', '', 'The end.', ''],
    ]);
  });

  it.each([
    ['has another name', SPEC, TESTS.replace('is shut', 'is locked'), 'does not have the controls as they are'],
    ['is gone', SPEC, TESTS.replace(', C-02', ''), 'does not have the controls as they are'],
    ['was the only one of a control', SPEC, TESTS.replace(', C-02', ''), 'C-02 has no test.'],
    ['is in another file', 'test/e2e/more.e2e-spec.ts', TESTS, 'does not have the controls as they are'],
    ['is of a control that nobody listed', SPEC, TESTS.replace('C-02', 'C-99'), 'a test of C-99'],
    ['is of a control that is to come', SPEC, TESTS.replace('C-02', 'C-03'), 'C-03 is "planned"'],
  ])('is found out of date when a test %s', (_what, path, text, mistake) => {
    write(path, text);
    const { status, text: said } = controls(house, '--check');
    expect([status, said]).toEqual([1, expect.stringContaining(mistake)]);
  });

  it('is found out of date when a control says something else', () => {
    write('docs/controls.json', JSON.stringify([{ ...LIST[0], says: 'Doors are open.' }, ...LIST.slice(1)]));
    expect(controls(house, '--check').status).toBe(1);
  });

  it.each([
    ['failed', { tests: RESULTS[SPEC].tests.map((test, at) => (at === 0 ? { ...test, status: 'failed' } : test)) }],
    ['did not run', { tests: [] }],
    ['was skipped', { tests: RESULTS[SPEC].tests.map((test) => ({ ...test, status: 'pending' })) }],
    ['is in a file that did not load', { broken: true, tests: [] }],
  ])('is red where a test %s', (_what, change) => {
    results(change);
    const { status, text } = controls(house);
    expect([status, text]).toEqual([1, expect.stringMatching(/^C-01 +RED: /)]);
  });

  it('is red where a control has no test', () => {
    write(SPEC, TESTS.replace(', C-02', ''));
    const { status, text } = controls(house);
    expect([status, text]).toEqual([1, expect.stringContaining('C-02  RED: no test')]);
  });

  it('says how to make results, where there are none', () => {
    rmSync(join(house, 'reports'), { recursive: true });
    const { status, text } = controls(house);
    expect([status, text]).toEqual([1, expect.stringContaining('npm test -- --only jest')]);
  });

  it('keeps what a release gate measured, and of a part replaces only that part', () => {
    const other = 'test/e2e/windows.e2e-spec.ts';
    write(other, "it('is a window (C-02)', () => undefined);");
    const keep = (run: object, results: unknown, lines: readonly object[]): void => {
      const code = `import('./scripts/controls/evidence.mjs').then(({ keepEvidence }) => keepEvidence(${JSON.stringify({ run, results, lines })}))`;
      expect(spawnSync(process.execPath, ['-e', code], { cwd: house, encoding: 'utf8' }).stderr).toBe('');
    };
    const run = { commit: 'abc', date: '2026-11-25', node: 'v20', postgres: '18', cores: 2 };
    const windows = { broken: false, tests: [{ titles: ['is a window (C-02)'], status: 'failed', seconds: 1 }] };
    const panes = { file: other, control: 'C-02', figures: { panes: 7, seed: 'x' } };
    const first = [...Object.entries(RESULTS), [other, windows]];
    keep(run, first, [{ file: SPEC, control: 'C-01', figures: { doors: 3 } }, panes]);
    keep({ ...run, commit: 'def' }, Object.entries(RESULTS), [
      { file: SPEC, control: 'C-01', figures: { control: 'open', doors: 4 } },
    ]);

    const evidence = readFileSync(join(house, 'docs/evidence/release-gate.md'), 'utf8');
    expect(evidence).toContain('- 1 passed in 0 s: a door is shut');
    expect(evidence).toContain('- measured: control open, doors 4\n');
    expect(evidence).not.toContain('doors 3');
    expect(evidence).toContain('- **1 failed** in 1 s: is a window\n- measured: panes 7, seed x\n');
    expect(evidence).toMatch(/\| 1 \| def .*\n\| 2 \| abc /);
  });
});
