import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chartsOf } from '../load/lib/charts.mjs';
import { keep, type LoadSummary, newestOf, readHistory, type Run } from '../load/lib/history.mjs';
import { withResults } from '../load/lib/page.mjs';
import { changesSince, faultsOf, summaryOf } from '../load/lib/summary.mjs';
import { TARGETS } from '../load/lib/targets.mjs';
import { takingTurns } from '../load/lib/traffic.mjs';

/** What the documents show of performance is what was measured and kept, and regressions show. */

const docs = resolve(__dirname, '../../docs');
const page = readFileSync(join(docs, 'performance.md'), 'utf8');

const run = (scenario: string, loads: Record<string, LoadSummary>, more: Partial<Run> = {}): Run => {
  const circumstances = { date: '2026-11-30T10:00:00.000Z', commit: 'abcdef0', cores: 2, node: 'v20.20.2' };
  return { scenario, ...circumstances, sizes: { rounds: 3 }, loads, ...more };
};
const saturation = (perSecond: number, ratio: number): Record<string, LoadSummary> => ({
  saturation: {
    figures: { perSecond, cpuMicros: 75, p50: 10 },
    beside: 'reference',
    theirs: { perSecond: perSecond / ratio },
    ratios: { perSecond: ratio },
  },
});

describe('the documents', () => {
  it.each(Object.entries(chartsOf(readHistory())))('show %s as it is drawn from the history', (name, chart) => {
    expect(readFileSync(join(docs, 'evidence', name), 'utf8')).toBe(chart);
    expect(page).toContain(`](evidence/${name})`);
  });

  it('have the tables of the history', () => {
    expect(withResults(page, readHistory())).toBe(page);
  });
});

describe('what was not measured', () => {
  it('is said of every target, in pictures and in words', () => {
    const { 'performance-targets.svg': targets = '', 'performance-growth.svg': growth } = chartsOf([]);
    expect(targets.match(/>not measured yet \([≤≥] [^)]+\)<\/text>/g)).toHaveLength(TARGETS.length);
    expect(growth).toContain('>not measured yet</text>');
    expect(withResults(page, []).match(/\| not measured yet +\|/g)).toHaveLength(TARGETS.length);
  });
});

describe('what was measured', () => {
  const history = [
    run('gateway', saturation(10_000, 0.85)),
    run('gateway', saturation(9_000, 0.75), { commit: 'abcdef1' }),
    run('growth', {
      'send, 10 stored': { figures: { cpuMicros: 100 }, alone: 'the larger ones are compared with it' },
      'send, 20 stored': { figures: { cpuMicros: 110 }, beside: '10 stored', ratios: { cpuMicros: 1.1 } },
      'send, 30 stored': { figures: { cpuMicros: 130 }, beside: '10 stored', ratios: { cpuMicros: 1.3 } },
    }),
  ];

  it('counts by the newest run, and of several loads by the worst', () => {
    const [, written = ''] = withResults(page, history).split('Written by npm run bench:charts, from here -->');
    const table = written.replaceAll(/ +/g, ' ');
    const rowOf = (name: string) => new RegExp(`^\\| ${name} .*$`, 'm').exec(table)?.[0];
    expect(rowOf('gateway, throughput of the reference')).toContain(
      '| ≥ 0.8 | 0.75 | **missed** | 2026-11-30, abcdef1 |',
    );
    expect(rowOf('gateway, CPU of a message')).toContain('| ≤ 80 µs | 75 µs | reached |');
    expect(rowOf('growth, CPU of a message sent')).toContain('| ≤ 1.15 | 1.3 | **missed** |');
    expect(rowOf('growth, CPU of a message synced')).toContain('| not measured yet |');
    expect(rowOf('growth \\| send, 10 stored')).toContain('| none: the larger ones are compared with it | |');
    expect(rowOf('gateway \\| saturation')).toContain('| 9,000 | 10 | | 75 | | reference | 0.75 (a second) |');
  });

  it('is drawn run after run, and by the number of messages stored', () => {
    const { 'performance-history.svg': course = '', 'performance-growth.svg': growth } = chartsOf(history);
    expect(course).toContain('gateway, throughput of the reference: 0.85, 0.75;');
    expect(growth).toContain('>130 µs</text>');
  });

  it('leaves out of the course what was run with other sizes', () => {
    const other = run('gateway', saturation(1, 0.1), { sizes: { rounds: 1 } });
    expect(chartsOf([other, ...history])['performance-history.svg']).toContain('reference: 0.85, 0.75;');
  });
});

describe('a run', () => {
  const results = [1, 9, 2].flatMap((perSecond) => [
    { load: 'saturation', server: 'sealpost', figures: { perSecond, errors: 0, lost: perSecond === 9 ? 1 : 0 } },
    { load: 'saturation', server: 'reference', figures: { perSecond: 4, errors: 0, lost: 0 } },
  ]);

  it('is the medians of its rounds, their ratios, and every fault', () => {
    expect(summaryOf(results, () => undefined).saturation).toEqual({
      figures: { perSecond: 2, errors: 0, lost: 1 },
      beside: 'reference',
      theirs: { perSecond: 4, errors: 0, lost: 0 },
      ratios: { perSecond: 0.5 },
    });
  });

  it('says of what was measured alone why it was', () => {
    const alone = results.filter(({ server }) => server === 'sealpost');
    expect(summaryOf(alone, (load) => `${load} is like nothing else`).saturation).toMatchObject({
      alone: 'saturation is like nothing else',
    });
  });

  it('is compared by its ratios, and by its figures where nothing was beside', () => {
    const before = { ...saturation(10_000, 0.8), storm: { figures: { seconds: 10 } } };
    const now = {
      ...saturation(20_000, 0.72),
      storm: { figures: { seconds: 11 } },
      idle: { figures: { kibPerSocket: 20 } },
    };
    const changes = changesSince(before, now);
    expect(changes.saturation?.perSecond).toBeCloseTo(-0.1);
    expect(changes.storm?.seconds).toBeCloseTo(0.1);
    expect(changes.idle).toEqual({});
  });

  it('is at fault when anything was refused, lost or delivered twice', () => {
    expect(faultsOf({ loads: saturation(1, 1) })).toEqual([]);
    expect(faultsOf({ loads: { http: { figures: { errors: 2, lost: 0, twice: 1 } } } })).toEqual([
      'http: 2 errors',
      'http: 1 twice',
    ]);
  });
});

describe('the history', () => {
  let house: string;

  beforeEach(() => (house = mkdtempSync(join(tmpdir(), 'sealpost-history-'))));
  afterEach(() => rmSync(house, { recursive: true, force: true }));

  it('gives back what is kept in it, and of each scenario the newest run of given sizes', () => {
    const file = join(house, 'history.jsonl');
    const runs = [
      run('gateway', saturation(1, 1)),
      run('gateway', saturation(2, 1), { sizes: { rounds: 1 } }),
      run('http', {}),
    ];
    writeFileSync(file, '');
    for (const one of runs) keep(one, file);
    expect(readHistory(file)).toEqual(runs);
    expect(newestOf(runs, 'gateway')).toBe(runs[1]);
    expect(newestOf(runs, 'gateway', { rounds: 3 })).toBe(runs[0]);
    expect(newestOf(runs, 'gateway', { rounds: 2 })).toBeUndefined();
  });
});

describe('the traffic of a chat', () => {
  it('gives every kind of conversation its share, and every conversation its turn', () => {
    const conversations = (prefix: string) => ['1', '2'].map((number) => ({ id: prefix + number, members: [0, 1] }));
    const next = takingTurns([
      { kind: 'direct', share: 60, conversations: conversations('direct') },
      { kind: 'group', share: 40, conversations: conversations('group') },
    ]);
    const taken = Array.from({ length: 20 }, () => next().conversation.id ?? '');
    const count = (id: string) => taken.filter((one) => one === id).length;
    expect(['direct1', 'direct2', 'group1', 'group2'].map(count)).toEqual([6, 6, 4, 4]);
    expect(taken.slice(0, 5).filter((id) => id.startsWith('group'))).toHaveLength(2);
  });
});
