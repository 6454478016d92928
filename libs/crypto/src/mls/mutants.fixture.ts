import type { Seeded } from '#testing';
import { refusal } from './people.fixture.js';

const ALLOWED_MS = 1_000;
const WAYS = ['bit', 'byte', 'number'] as const;

export interface Amount {
  /** How many, drawn from all; none is left out when it is Infinity. */
  readonly most: number;
  /** Whether every place is changed in one way, another one at the next, or in all of them. */
  readonly ways: 'one' | 'all';
}

/**
 * Changed copies of bytes: at each place a bit turned, a byte that is the least or the greatest, or a number that is out of
 * range (four bytes of it), so that no field is left as it was, whatever it is.
 */
export function* mutants(bytes: Uint8Array, seeded: Seeded, { most, ways }: Amount): Generator<Uint8Array> {
  const each = ways === 'all' ? WAYS.length : 1;
  const all = bytes.length * each;
  for (let n = 0; n < Math.min(all, most); n++) {
    const drawn = most < all ? seeded.between(0, all - 1) : n;
    const at = Math.floor(drawn / each);
    const mutant = mutantAt(bytes, at, WAYS[(ways === 'all' ? drawn : at) % WAYS.length]!, seeded);
    if (Buffer.compare(mutant, bytes) !== 0) yield mutant;
  }
}

function mutantAt(bytes: Uint8Array, at: number, way: (typeof WAYS)[number], seeded: Seeded): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (way === 'bit') copy[at]! ^= 1 << seeded.between(0, 7);
  if (way === 'byte') copy[at] = seeded.pick([0, 0xff]);
  if (way === 'number') copy.fill(0xff, at, at + 4);
  return copy;
}

/** The front of bytes, cut off anywhere, and more than there should be. */
export function* cut(bytes: Uint8Array, seeded: Seeded, count: number): Generator<Uint8Array> {
  for (let n = 0; n < count; n++) yield bytes.subarray(0, seeded.between(0, bytes.length - 1));
  yield Buffer.concat([bytes, Buffer.alloc(1)]);
  yield Buffer.concat([bytes, bytes]);
}

export interface Tally {
  readonly cases: number;
  /** With which they were refused: `none` among them if one was taken. */
  readonly codes: readonly string[];
  readonly longestMs: number;
}

export async function tally(
  given: Iterable<Uint8Array>,
  take: (bytes: Uint8Array) => Promise<unknown>,
): Promise<Tally> {
  const codes = new Set<string>();
  let [cases, longestMs] = [0, 0];
  for (const bytes of given) {
    cases++;
    const start = performance.now();
    codes.add(await refusal(take(bytes)));
    let elapsedMs = performance.now() - start;
    // A machine that was busy is not again: what takes long by itself does again.
    if (elapsedMs > ALLOWED_MS) elapsedMs = Math.min(elapsedMs, await timeOf(() => refusal(take(bytes))));
    longestMs = Math.max(longestMs, elapsedMs);
  }
  return { cases, codes: [...codes].sort(), longestMs };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Every case was refused, with a code, within a second. */
export function expectRefused({ codes, longestMs }: Tally): void {
  expect(codes.filter((code) => !/^[a-z_]+$/.test(code) || code === 'none')).toEqual([]);
  expect(longestMs).toBeLessThan(ALLOWED_MS);
}
