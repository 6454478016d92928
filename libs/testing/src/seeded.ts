import { inReleaseGate } from './scale.js';

/** What every run but the gate's draws from: the same subset each time, so that it fails for a change and not for a draw. */
const EVERYDAY_SEED = 20_261_128;

/** Random numbers that a failed test can be repeated with: `SEED=… npx jest …`. */
export class Seeded {
  private constructor(private state: number) {}

  /** Prints the seed of a test, which is a new one each time in the release gate only. */
  static announced(test: string): Seeded {
    const { SEED: given } = process.env;
    const ownSeed = inReleaseGate ? Math.floor(Math.random() * 2 ** 32) : EVERYDAY_SEED;
    const seed = given === undefined ? ownSeed : Number(given);
    process.stderr.write(`${test}: SEED=${seed}\n`);
    return new Seeded(seed);
  }

  static of(seed: number): Seeded {
    return new Seeded(seed);
  }

  /** Numbers of its own, so that how many are drawn there changes nothing here. */
  fork(): Seeded {
    return new Seeded(this.between(0, 2 ** 32 - 1));
  }

  /** A whole number, both ends included (mulberry32). */
  between(least: number, most: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    const fraction = ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
    return least + Math.floor(fraction * (most - least + 1));
  }

  /** Whether one of so many cases has come. */
  oneIn(cases: number): boolean {
    return this.between(1, cases) === 1;
  }

  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new Error('there is nothing to choose from');
    return choices[this.between(0, choices.length - 1)]!;
  }

  bytes(count: number): Buffer {
    return Buffer.from(Array.from({ length: count }, () => this.between(0, 255)));
  }
}
