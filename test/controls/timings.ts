import { Seeded } from '#testing';
import { quantile } from '../load/lib/figures.mjs';

/** How the times of two kinds of requests compare, and between what bounds that lies with 95 % confidence. */
export interface Ratio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** Two times that were taken one right after the other. */
export type Pair = readonly [number, number];

const RESAMPLES = 2_000;

/** The value below which a share of all values lies. */
export function percentile(values: readonly number[], share: number): number {
  return (
    quantile(
      [...values].sort((a, b) => a - b),
      share,
    ) ?? NaN
  );
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The ratio of medians, with the bounds of its percentile bootstrap over pairs. The same pairs give the same bounds. */
export function ratioOfMedians(pairs: readonly Pair[]): Ratio {
  const random = Seeded.of(4);
  const drawn = (): Pair => pairs[random.between(0, pairs.length - 1)]!;
  const resampled = Array.from({ length: RESAMPLES }, () => ratioOf(pairs.map(drawn)));
  return { ratio: ratioOf(pairs), low: percentile(resampled, 0.025), high: percentile(resampled, 0.975) };
}

function ratioOf(pairs: readonly Pair[]): number {
  return median(pairs.map(([first]) => first)) / median(pairs.map(([, second]) => second));
}

/** Milliseconds that something took. */
export async function millisOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Does two things in turn, so many times, and which one first changes: what slows the machine down hits both alike. */
export async function interleaved(count: number, works: readonly [Work, Work]): Promise<Pair[]> {
  const pairs: Pair[] = [];
  const [first, second] = works;
  for (let index = -WARM_UP; index < count; index++) {
    const isTurned = index % 2 === 0;
    const times = [await millisOf(isTurned ? second : first), await millisOf(isTurned ? first : second)] as const;
    if (index >= 0) pairs.push(isTurned ? [times[1], times[0]] : times);
  }
  return pairs;
}

type Work = () => Promise<unknown>;

/** Pairs that do not count: code is compiled and connections are opened. */
const WARM_UP = 10;
