import { Seeded } from '#testing';
import { type Bounds, leaks, type Sample, trendOf } from './steadiness.js';

const MINUTE_MS = 60_000;
const EVERY_MS = 15_000;
const MEBIBYTE = 1_024;

/** Those of two hours. */
const BOUNDS: Bounds = {
  warmUpMs: 10 * MINUTE_MS,
  kibibytesPerTenMinutes: MEBIBYTE,
  files: 0,
  connections: 0,
  p99Drift: 0.1,
};

type Planted = Partial<Record<Exclude<keyof Sample, 'atMs'>, (minute: number) => number>>;

/** Two hours of a relay that fills its caches for some minutes, collects its garbage in a saw's teeth, and has more planted into it. */
function soak(planted: Planted = {}): Sample[] {
  const random = Seeded.of(19);
  return Array.from({ length: (120 * MINUTE_MS) / EVERY_MS }, (_none, n) => {
    const minute = (n * EVERY_MS) / MINUTE_MS;
    const more = (what: keyof Planted): number => planted[what]?.(minute) ?? 0;
    const saw = (n % 9) * 3 * MEBIBYTE;
    return {
      atMs: n * EVERY_MS,
      kibibytes: 150 * MEBIBYTE + 40 * MEBIBYTE * Math.min(1, minute / 8) + saw + more('kibibytes'),
      files: 80 + random.between(-2, 2) + Math.round(more('files')),
      connections: 12 + Math.round(more('connections')),
      p99Ms: 20 + random.between(-3, 3) + more('p99Ms'),
    };
  });
}

const found = (planted: Planted): string[] =>
  leaks(trendOf(soak(planted), BOUNDS.warmUpMs), BOUNDS).map((leak) => leak.split(':')[0]!);

describe('the judge of a soak', () => {
  it('finds nothing where everything stays flat, whatever the garbage collector and the first minutes do (R-19)', () => {
    expect(found({})).toEqual([]);
  });

  it.each<[string, Planted, string[]]>([
    [
      'memory that rises by two mebibytes in ten minutes',
      { kibibytes: (m) => (2 * MEBIBYTE * m) / 10 },
      ['kibibytesPerTenMinutes'],
    ],
    ['a file left open every ten minutes', { files: (m) => m / 10 }, ['files']],
    ['a connection to PostgreSQL that does not come back', { connections: (m) => (m > 60 ? 1 : 0) }, ['connections']],
    ['answers that become slower', { p99Ms: (m) => m / 20 }, ['p99Drift']],
    [
      'all at once',
      { files: (m) => m, p99Ms: (m) => m, kibibytes: (m) => m * MEBIBYTE },
      ['kibibytesPerTenMinutes', 'files', 'p99Drift'],
    ],
    ['numbers that are none', { p99Ms: () => NaN }, ['p99Drift']],
  ])('finds %s (R-19)', (_what, planted, leaking) => {
    expect(found(planted)).toEqual(leaking);
  });

  it('is not misled by one spike', () => {
    const spike = (minute: number): number => (minute === 100 ? 500 * MEBIBYTE : 0);
    expect(found({ kibibytes: spike, files: (m) => (m === 100 ? 900 : 0) })).toEqual([]);
  });

  it('says so when it has seen too little', () => {
    expect(() => trendOf(soak().slice(0, 45), BOUNDS.warmUpMs)).toThrow('5 samples');
  });
});
