import '../cheap-argon2.js';
import { recordEvidence, scaled, Seeded, TestRelay } from '#testing';
import { UNLIMITED } from '../../controls/unlimited.js';
import { History } from './history.js';
import { planOf } from './plan.js';
import { Population } from './population.js';
import { Verdict } from './verdict.js';

/** `SEED=… HISTORY=7` repeats one history, `STEPS=20` only its beginning; `DEVICES` makes all histories of one size. */
const { HISTORY, STEPS, DEVICES } = process.env;
const POPULATIONS = scaled({ ci: 1, gate: 100 });
/** Making devices takes longest: in CI they live through several histories. */
const HISTORIES_EACH = scaled({ ci: 2, gate: 1 });
const STEPS_EACH = Number(STEPS ?? scaled({ ci: 25, gate: 60 }));
const SIZES = scaled<readonly [number, number]>({ ci: [6, 6], gate: [4, 40] });
/** On a machine that does something else, too. */
const MOST_MINUTES = scaled({ ci: 3, gate: 45 });
const relay = TestRelay.duringTests({ environment: UNLIMITED });

async function populated(seeded: Seeded): Promise<Population> {
  const most = Number(DEVICES ?? seeded.between(...SIZES));
  return Population.of(relay, seeded.fork(), { now: Math.ceil(most * 0.75), most });
}

async function lived(population: Population, seeded: Seeded): Promise<Verdict> {
  const history = await History.begun(population);
  for (const step of planOf(seeded, STEPS_EACH)) await history.take(step);
  return Verdict.on(history);
}

/** Says what it was, whatever became of it. @returns its figures */
async function demandGood(population: Population, n: number, seeded: Seeded): Promise<Verdict['counts']> {
  const startedAt = performance.now();
  const { complaints, counts, told } = await lived(population, seeded);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stderr.write(`history ${String(n)}: ${JSON.stringify(counts)} in ${seconds} s\n`);
  const failed = { HISTORY: n, told, complaints };
  expect(complaints.length > 0 ? failed : 'good').toBe('good');
  return counts;
}

const all: Verdict['counts'][] = [];
afterAll(() => {
  const sum = (what: keyof Verdict['counts']): number => all.reduce((total, counts) => total + counts[what], 0);
  const [commits, messages, putOut] = [sum('commits'), sum('messages'), sum('putOut')];
  recordEvidence('M-15', { histories: all.length, commits, messages, returns: sum('returns'), putOut });
});

const seeded = Seeded.announced('histories of devices');
const populations = Array.from({ length: POPULATIONS }, (_none, n) => ({
  own: seeded.fork(),
  histories: Array.from({ length: HISTORIES_EACH }, (_nothing, each) => ({
    n: n * HISTORIES_EACH + each,
    seeded: seeded.fork(),
  })).filter(({ n: number }) => HISTORY === undefined || number === Number(HISTORY)),
})).filter(({ histories }) => histories.length > 0);

describe('a random history of a group', () => {
  it.each(populations)(
    'ends with all in one epoch, each message read once by whoever was in it then, and by nobody else (M-15)',
    async ({ own, histories }) => {
      const population = await populated(own);
      try {
        for (const history of histories) all.push(await demandGood(population, history.n, history.seeded));
      } finally {
        await population.stop();
      }
    },
    MOST_MINUTES * 60_000,
  );
});
