/** What a relay takes at one moment of a soak. */
export interface Sample {
  readonly atMs: number;
  /** Resident memory. */
  readonly kibibytes: number;
  /** Open files and sockets of its process. */
  readonly files: number;
  /** Sessions that it has at PostgreSQL. */
  readonly connections: number;
  /** From sending to hearing, of what was sent since the sample before. */
  readonly p99Ms: number;
}

/** How much may grow. */
export interface Bounds {
  /** Until then caches fill and code is compiled: those samples do not count. */
  readonly warmUpMs: number;
  readonly kibibytesPerTenMinutes: number;
  readonly files: number;
  readonly connections: number;
  /** A share of what it was: 0.1 for ten per cent. */
  readonly p99Drift: number;
}

export interface Trend {
  readonly kibibytesPerTenMinutes: number;
  /** Between the first and the last quarter. */
  readonly files: number;
  readonly connections: number;
  readonly p99Drift: number;
}

const TEN_MINUTES_MS = 600_000;
const FEWEST = 8;

/** What became more from the end of the warm-up on. @throws where there are too few samples to tell. */
export function trendOf(samples: readonly Sample[], warmUpMs: number): Trend {
  const from = (samples[0]?.atMs ?? 0) + warmUpMs;
  const warm = samples.filter(({ atMs }) => atMs >= from);
  if (warm.length < FEWEST) throw new Error(`${warm.length} samples after the warm-up tell nothing`);
  const quarter = Math.floor(warm.length / 4);
  const [first, last] = [warm.slice(0, quarter), warm.slice(-quarter)];
  const typical = (part: readonly Sample[], what: keyof Sample): number => median(part.map((sample) => sample[what]));
  const p99Ms = typical(first, 'p99Ms');
  return {
    kibibytesPerTenMinutes: Math.round(slopePerMs(warm) * TEN_MINUTES_MS),
    files: typical(last, 'files') - typical(first, 'files'),
    connections: typical(last, 'connections') - typical(first, 'connections'),
    p99Drift: (typical(last, 'p99Ms') - p99Ms) / p99Ms,
  };
}

/** What grew beyond its bound, each in a sentence; nothing when all stayed flat. */
export function leaks(trend: Trend, bounds: Bounds): string[] {
  const names = ['kibibytesPerTenMinutes', 'files', 'connections', 'p99Drift'] as const;
  return names
    .filter((name) => !(trend[name] <= bounds[name]))
    .map((name) => `${name}: ${trend[name]} is more than ${bounds[name]}`);
}

/**
 * The median of the slopes between all pairs of samples (Theil and Sen): what is a saw's tooth with garbage collection, or a single
 * spike, does not tilt it.
 */
function slopePerMs(samples: readonly Sample[]): number {
  const slopes = samples.flatMap((one, at) =>
    samples.slice(at + 1).map((other) => (other.kibibytes - one.kibibytes) / (other.atMs - one.atMs)),
  );
  return median(slopes);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
