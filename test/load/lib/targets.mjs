/** What the relay is to reach with server and database on one core. */
import { newestOf } from './history.mjs';

/** `of` says whether the figure itself is meant, or its ratio to what it is measured beside. */
export const TARGETS = [
  {
    name: 'gateway, throughput of the reference',
    ...{ scenario: 'gateway', load: /^saturation$/, figure: 'perSecond', of: 'ratios' },
    atLeast: 0.8,
  },
  {
    name: 'gateway, CPU of a message',
    ...{ scenario: 'gateway', load: /^saturation$/, figure: 'cpuMicros', of: 'figures' },
    atMost: 80,
    unit: 'µs',
  },
  {
    name: 'gateway, p50 at 1,000/s',
    ...{ scenario: 'gateway', load: /^1000\/s$/, figure: 'p50', of: 'figures' },
    atMost: 0.8,
    unit: 'ms',
  },
  {
    name: 'gateway, p99 at 1,000/s',
    ...{ scenario: 'gateway', load: /^1000\/s$/, figure: 'p99', of: 'figures' },
    atMost: 8,
    unit: 'ms',
  },
  {
    name: 'HTTP, messages a second',
    ...{ scenario: 'http', load: /^http$/, figure: 'perSecond', of: 'figures' },
    atLeast: 6_000,
  },
  {
    name: 'fan-out to 1,000, of a bare broadcast',
    ...{ scenario: 'fanout', load: /^group$/, figure: 'deliveriesPerCpuSecond', of: 'ratios' },
    atLeast: 0.7,
  },
  {
    name: 'idle socket, memory',
    ...{ scenario: 'idle', load: /^idle$/, figure: 'kibPerSocket', of: 'figures' },
    atMost: 22,
    unit: 'KiB',
  },
  {
    name: 'sync storm, all caught up',
    ...{ scenario: 'storm', load: /^storm$/, figure: 'seconds', of: 'figures' },
    atMost: 20,
    unit: 's',
  },
  {
    name: 'sign-in, CPU of argon2 alone',
    ...{ scenario: 'login', load: /^sign-in$/, figure: 'cpuMicros', of: 'ratios' },
    atMost: 1.25,
  },
  {
    name: 'growth, CPU of a message sent',
    ...{ scenario: 'growth', load: /^send,/, figure: 'cpuMicros', of: 'ratios' },
    atMost: 1.15,
  },
  {
    name: 'growth, CPU of a message synced',
    ...{ scenario: 'growth', load: /^sync,/, figure: 'cpuMicros', of: 'ratios' },
    atMost: 1.15,
  },
];

/** What a relay stands beside where it is compared with itself, of which no target speaks. */
const RELAYS = ['previous', 'unwoken'];

/** @returns what a run says of a target: the worst of the loads that it is about; undefined if nothing was measured. */
export function measuredOf(target, run) {
  const values = Object.entries(run?.loads ?? {})
    .filter(([load, { beside }]) => target.load.test(load) && (target.of === 'figures' || !RELAYS.includes(beside)))
    .map(([, summary]) => summary[target.of]?.[target.figure])
    .filter((value) => value !== undefined && value !== null);
  if (values.length === 0) return undefined;
  return target.atMost === undefined ? Math.min(...values) : Math.max(...values);
}

/** How far a value reaches: 1 is the target, more is better. */
export function reachOf({ atLeast, atMost }, value) {
  return atMost === undefined ? value / atLeast : atMost / value;
}

/** Every target with the newest run that was kept, and what it says. */
export function verdictsOf(history) {
  return TARGETS.map((target) => {
    const run = newestOf(history, target.scenario);
    const value = measuredOf(target, run);
    return { target, run, value, reach: value === undefined ? undefined : reachOf(target, value) };
  });
}

export function asTarget({ atLeast, atMost, unit = '' }) {
  return `${atMost === undefined ? '≥' : '≤'} ${asValue(atMost ?? atLeast, unit)}`;
}

export function asValue(value, unit = '') {
  const text = value.toLocaleString('en', { maximumSignificantDigits: 4 });
  return unit === '' ? text : `${text} ${unit}`;
}
