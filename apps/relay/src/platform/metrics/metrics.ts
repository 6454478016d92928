import { Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { CONFIG, type Config } from '../config/config.js';
import { RELAY_VERSION } from '../version.js';
import { Counter, Histogram, Labelled } from './counted.js';
import { exposed, type Family, type Sample } from './exposition.js';

interface Named {
  /** With `sealpost_` in front, its unit behind (seconds, bytes), and `_total` at the end of what only grows. */
  readonly name: string;
  /** One sentence, for docs/monitoring.md and whoever reads the metrics. */
  readonly help: string;
}

/** Labels whose values come from the code. None may tell one person, device, address or conversation from another. */
interface WithLabels {
  readonly labels: readonly string[];
}

/** A value at the time it is asked for, `undefined` where there is none; or one for each value of a label. */
type Reading = number | undefined | ReadonlyMap<string, number>;

interface Gauge extends Named {
  /** Of what is read as a map. */
  readonly label?: string;
  readonly read: () => Reading | Promise<Reading>;
}

/** What a metric is, without its values. */
export type Described = Omit<Family, 'samples'> & WithLabels;

interface Kept extends Described {
  readonly read: () => Sample[] | Promise<Sample[]>;
}

/** Bounds in seconds, of what a client waits for. */
export const WAITS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/**
 * What the relay counts, for Prometheus. Every part counts for itself and says here under which name. Of the process (CPU, memory,
 * garbage, event loop) prom-client tells, and only where somebody may ask: its timers would be of use to nobody.
 */
@Injectable()
export class Metrics {
  private readonly families = new Map<string, Kept>();
  private readonly process = new Registry();

  constructor(@Inject(CONFIG) { METRICS_TOKEN }: Pick<Config, 'METRICS_TOKEN'>) {
    if (METRICS_TOKEN !== undefined) collectDefaultMetrics({ register: this.process });
    this.gauge({
      name: 'sealpost_build_info',
      help: 'Always 1, with the version of the relay.',
      label: 'version',
      read: () => new Map([[RELAY_VERSION, 1]]),
    });
  }

  counter(named: Named): Counter {
    const counter = new Counter();
    this.add(named, 'counter', () => [{ value: counter.total }]);
    return counter;
  }

  counters(named: Named & WithLabels): Labelled<Counter> {
    const counters = new Labelled(() => new Counter());
    this.add(named, 'counter', () =>
      [...counters].map(([values, { total }]) => ({ labels: labelsOf(named, values), value: total })),
    );
    return counters;
  }

  histogram(named: Named & { readonly bounds: readonly number[] }): Histogram {
    const histogram = new Histogram(named.bounds);
    this.add(named, 'histogram', () => samplesOf(histogram, {}));
    return histogram;
  }

  histograms(named: Named & WithLabels & { readonly bounds: readonly number[] }): Labelled<Histogram> {
    const histograms = new Labelled(() => new Histogram(named.bounds));
    this.add(named, 'histogram', () =>
      [...histograms].flatMap(([values, histogram]) => samplesOf(histogram, labelsOf(named, values))),
    );
    return histograms;
  }

  /** What goes up and down is read when somebody asks. */
  gauge(gauge: Gauge): void {
    this.read(gauge, 'gauge');
  }

  /** What is counted elsewhere already. */
  counted(counted: Gauge): void {
    this.read(counted, 'counter');
  }

  /** All of them, in the format of Prometheus. */
  async expose(): Promise<string> {
    const own = [...this.families.values()].map(async (kept) => exposed({ ...kept, samples: await kept.read() }));
    return [...(await Promise.all(own)), await this.process.metrics()].join('\n');
  }

  /** What there is of the relay's own, by name. */
  described(): Described[] {
    return [...this.families.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  private read({ read, label, ...named }: Gauge, type: 'counter' | 'gauge'): void {
    const labels = label === undefined ? [] : [label];
    this.add({ ...named, labels }, type, async () => readings(await read(), label));
  }

  private add(named: Named & Partial<WithLabels>, type: Family['type'], read: Kept['read']): void {
    const { name, help, labels = [] } = named;
    if (this.families.has(name)) throw new Error(`there are two metrics of the name ${name}`);
    this.families.set(name, { name, help, type, labels, read });
  }
}

function labelsOf({ labels }: WithLabels, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(labels.map((label, index) => [label, values[index] ?? '']));
}

function readings(reading: Reading, label = ''): Sample[] {
  if (reading === undefined) return [];
  if (typeof reading === 'number') return [{ value: reading }];
  return [...reading].map(([value, number]) => ({ labels: { [label]: value }, value: number }));
}

function samplesOf(histogram: Histogram, labels: Readonly<Record<string, string>>): Sample[] {
  const counts = histogram.cumulated();
  const buckets = counts.map((value, index): Sample => {
    const le = index < histogram.bounds.length ? String(histogram.bounds[index]) : '+Inf';
    return { suffix: '_bucket', labels: { ...labels, le }, value };
  });
  return [
    ...buckets,
    { suffix: '_sum', labels, value: histogram.sum },
    { suffix: '_count', labels, value: counts.at(-1) ?? 0 },
  ];
}
