/** What has happened since the process started, counted. Costs the send path an addition, and no allocation. */
export class Counter {
  private sum = 0;

  add(by = 1): void {
    this.sum += by;
  }

  get total(): number {
    return this.sum;
  }
}

/** Sorts what was measured into ranges. Costs the send path a few comparisons, and no allocation. */
export class Histogram {
  private readonly counts: number[];
  private sumOfAll = 0;

  /** @param bounds the largest value of each range, in ascending order; what is larger than all of them has a range of its own. */
  constructor(readonly bounds: readonly number[]) {
    this.counts = [...bounds, Infinity].map(() => 0);
  }

  /** @param value in the unit that the name of the metric says. */
  observe(value: number): void {
    let range = 0;
    for (const bound of this.bounds) {
      if (value <= bound) break;
      range++;
    }
    this.counts[range] = (this.counts[range] ?? 0) + 1;
    this.sumOfAll += value;
  }

  get sum(): number {
    return this.sumOfAll;
  }

  /** How many values were at most as large as each bound, and last, how many there were. */
  cumulated(): number[] {
    let sum = 0;
    return this.counts.map((count) => (sum += count));
  }
}

/** Those of one name, by the values of its labels: one for each that has come up. */
export class Labelled<Metric> {
  private readonly members = new Map<string, { readonly values: readonly string[]; readonly metric: Metric }>();

  constructor(private readonly make: () => Metric) {}

  /** Where much is counted, keep what this returns. */
  of(...values: readonly string[]): Metric {
    const key = values.join(' ');
    let member = this.members.get(key);
    if (member === undefined) this.members.set(key, (member = { values, metric: this.make() }));
    return member.metric;
  }

  *[Symbol.iterator](): Generator<readonly [readonly string[], Metric]> {
    for (const { values, metric } of this.members.values()) yield [values, metric];
  }
}
