/** Random numbers that a failed test can be repeated with: `CHAOS_SEED=… npx jest …`. */
export class Seeded {
  private constructor(private state: number) {}

  /** Prints the seed of a test. */
  static announced(test: string): Seeded {
    const { CHAOS_SEED: given } = process.env;
    const seed = given === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(given);
    process.stderr.write(`${test}: CHAOS_SEED=${seed}\n`);
    return new Seeded(seed);
  }

  static of(seed: number): Seeded {
    return new Seeded(seed);
  }

  /** A whole number, both ends included (mulberry32). */
  between(least: number, most: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    const fraction = ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
    return least + Math.floor(fraction * (most - least + 1));
  }
}
