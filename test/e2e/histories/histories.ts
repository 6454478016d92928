import { recordEvidence, scaled, Seeded, TestRelay } from '#testing';
import { UNLIMITED } from '../../controls/unlimited.js';
import { History } from './history.js';
import { planOf } from './plan.js';
import { Population } from './population.js';
import { Verdict } from './verdict.js';

/** `SEED=… HISTORY=7` repeats one history, `STEPS=20` only its beginning; `DEVICES` makes all histories of one size. */
const { HISTORY, STEPS, DEVICES } = process.env;
const POPULATIONS = scaled({ ci: 1, gate: 50 });
/** Making devices takes longest: in CI they live through several histories. */
const HISTORIES_EACH = scaled({ ci: 2, gate: 1 });
const STEPS_EACH = Number(STEPS ?? scaled({ ci: 25, gate: 60 }));
const SIZES = scaled<readonly [number, number]>({ ci: [6, 6], gate: [4, 40] });
/** On a machine that does something else, too. */
export const MOST_MS = 60_000 * scaled({ ci: 3, gate: 45 });

async function populated(relay: TestRelay, seeded: Seeded): Promise<Population> {
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

/** Half of the histories: each test file has a process of its own. */
export class Histories {
  /** What each test is about. */
  readonly populations: readonly Planned[];
  private readonly relay = TestRelay.duringTests({ environment: UNLIMITED });
  private readonly counts: Verdict['counts'][] = [];

  /** @param title how its seed is announced */
  constructor(title: string) {
    this.populations = populations(Seeded.announced(title));
    afterAll(() => {
      const sum = (what: keyof Verdict['counts']): number =>
        this.counts.reduce((total, counts) => total + counts[what], 0);
      const [commits, messages, putOut] = [sum('commits'), sum('messages'), sum('putOut')];
      recordEvidence('M-15', { histories: this.counts.length, commits, messages, returns: sum('returns'), putOut });
    });
  }

  async live({ own, histories }: Planned): Promise<void> {
    const population = await populated(this.relay, own);
    try {
      for (const { n, seeded } of histories) this.counts.push(await demandGood(population, n, seeded));
    } finally {
      await population.stop();
    }
  }
}

interface Planned {
  readonly own: Seeded;
  readonly histories: readonly { readonly n: number; readonly seeded: Seeded }[];
}

function populations(seeded: Seeded): Planned[] {
  return Array.from({ length: POPULATIONS }, (_none, n) => ({
    own: seeded.fork(),
    histories: Array.from({ length: HISTORIES_EACH }, (_nothing, each) => ({
      n: n * HISTORIES_EACH + each,
      seeded: seeded.fork(),
    })).filter(({ n: number }) => HISTORY === undefined || number === Number(HISTORY)),
  })).filter(({ histories }) => histories.length > 0);
}
