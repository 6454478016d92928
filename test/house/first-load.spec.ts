import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { chartOf } from '../../scripts/web/first-load-chart.mjs';
import { groupOf, sharesOf } from '../../scripts/web/first-load-groups.mjs';
import { faultsOf, type FirstLoadEntry, withEntry } from '../../scripts/web/first-load-history.mjs';

/** What a browser loads before it shows anything may not grow unseen. */

const root = resolve(__dirname, '../..');
const KB = 1024;

const entry = (bytes: number, more: Partial<FirstLoadEntry> = {}): FirstLoadEntry => {
  const groups = { app: 1000, sdk: bytes - 1000 };
  return { version: '1.0.0', commit: 'abcdef0', date: '2026-11-29', node: 'v20.20.2', bytes, groups, ...more };
};

describe('the first load', () => {
  it('may be 350 KB, and no byte more, recorded or not', () => {
    expect(faultsOf(350 * KB, [entry(350 * KB)])).toEqual([]);
    expect(faultsOf(350 * KB + 1, [entry(350 * KB + 1)])).toEqual(['The first load is 350.0 KB, of 350.0 KB at most.']);
  });

  it('may grow by 5 % against the last entry, and no byte more unless it is recorded', () => {
    const history = [entry(300_000), entry(200_000)];
    expect(faultsOf(210_000, history)).toEqual([]);
    expect(faultsOf(210_001, history)).toEqual([
      'The first load has grown from 195.3 KB at abcdef0 to 205.1 KB. If it has to, record it: npm run web:chart.',
    ]);
    expect(faultsOf(210_001, [...history, entry(210_001)])).toEqual([]);
  });

  it('may shrink by itself', () => {
    expect(faultsOf(100_000, [entry(200_000)])).toEqual([]);
  });

  it('is compared with something', () => {
    expect(faultsOf(100_000, [])).toEqual(['No first load is recorded: npm run web:chart.']);
  });
});

describe('the history of first loads', () => {
  it('has an entry a commit, the last one that was made of it', () => {
    const [first, again, next] = [entry(1), entry(2), entry(3, { commit: 'abcdef1' })];
    expect([again, next].reduce(withEntry, [first])).toEqual([again, next]);
  });

  it('stays as it is when a later commit weighs the same, but not at a new version', () => {
    const history = [entry(1)];
    expect(withEntry(history, entry(1, { commit: 'abcdef1' }))).toBe(history);
    expect(withEntry(history, entry(1, { commit: 'abcdef1', version: '1.1.0' }))).toHaveLength(2);
  });
});

describe('the groups of a first load', () => {
  it.each([
    ['/a/apps/web/src/main.tsx', 'assets/i.js', 'app'],
    ['/a/node_modules/react-dom/client.js', 'assets/i.js', 'react'],
    ['/a/node_modules/react-hook-form/index.js', 'assets/i.js', 'page packages'],
    ['/a/libs/sdk/src/sealpost.ts', 'workers/w.js', 'sdk'],
    ['/a/libs/crypto/src/index.ts', 'workers/w.js', 'crypto'],
    ['/a/node_modules/@hpke/core/index.js', 'workers/w.js', 'crypto'],
    ['/a/node_modules/zod/index.js', 'workers/w.js', 'worker packages'],
    ['C:\\a\\node_modules\\ts-mls\\index.js', 'workers/w.js', 'crypto'],
  ])('%s in %s is of: %s', (id, script, group) => {
    expect(groupOf(id, script)).toBe(group);
  });

  it('share each file by weight, and come to the sum of all files', () => {
    const files = [
      { path: 'index.html', bytes: 500 },
      { path: 'assets/i.js', bytes: 1000 },
    ];
    const weights = new Map([['assets/i.js', [2, 1].map((weight, at) => ({ group: ['react', 'app'][at]!, weight }))]]);
    const shares = sharesOf(files, weights);
    expect(shares).toMatchObject({ app: 833, react: 667 });
    expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBe(1500);
  });
});

describe('the chart', () => {
  it('shows the last twelve, each with a bar a group, its weight and its commit', () => {
    const history = Array.from({ length: 14 }, (_, at) => entry(200 * KB, { commit: `commit${String(at)}` }));
    const chart = chartOf(history);
    expect(chart.match(/<title>sdk: 199\.0 KB<\/title>/g)).toHaveLength(12);
    expect(chart.match(/>200<\/text>/g)).toHaveLength(1 + 12);
    expect(chart).not.toContain('commit1<');
    expect(chart).toContain('>commit13</text>');
  });
});

describe('the check', () => {
  let house: string;

  beforeEach(() => (house = mkdtempSync(join(tmpdir(), 'sealpost-first-load-'))));
  afterEach(() => rmSync(house, { recursive: true, force: true }));

  function write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), content);
  }

  function record(history: readonly FirstLoadEntry[], chart = chartOf(history)): void {
    write('docs/evidence/first-load.json', JSON.stringify(history));
    write('docs/evidence/first-load.svg', chart);
  }

  /** A page of one script that imports another, beside one that is loaded later. */
  function buildOf(bytes: number): void {
    const manifest = {
      'index.html': { file: 'assets/main.js', imports: ['shared'], dynamicImports: ['later'] },
      shared: { file: 'assets/shared.js' },
      later: { file: 'assets/later.js' },
    };
    write('dist/web/.vite/manifest.json', JSON.stringify(manifest));
    for (const path of ['index.html', 'icon.svg', 'assets/main.js', 'assets/later.js', 'workers/worker.js'])
      write(`dist/web/${path}.gz`, new Uint8Array(100));
    write('dist/web/workers/worker.js', '');
    write('dist/web/assets/shared.js.gz', new Uint8Array(bytes - 400));
  }

  function check() {
    const script = join(root, 'scripts/web/check-first-load.mjs');
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { cwd: house, encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  it('says how heavy a build is, and against what', () => {
    buildOf(102_400);
    record([entry(100 * 1000)]);
    const stdout = 'first load: 100.0 KB gzip, of 350.0 KB at most; +2.4 % against abcdef0\n';
    expect(check()).toEqual({ status: 0, stdout, stderr: '' });
  });

  it('fails for a build that has grown, and is content once that is recorded', () => {
    buildOf(106_000);
    record([entry(100_000)]);
    expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining('has grown') as string });
    record([entry(100_000), entry(106_000)]);
    expect(check().status).toBe(0);
  });

  it('fails for a chart of something else', () => {
    buildOf(100_000);
    record([entry(100_000)], chartOf([entry(90_000)]));
    expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining('is not the chart of') as string });
  });
});
