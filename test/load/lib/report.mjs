/** What a run of a scenario says: a table, and what has changed since the last one that was kept. */
import { newestOf } from './history.mjs';
import { asChange, changesSince, RELAY } from './summary.mjs';
import { asTarget, asValue, measuredOf, reachOf, TARGETS } from './targets.mjs';

export function report(run, history) {
  const before = newestOf(history, run.scenario, run.sizes);
  console.table(rowsOf(run, changesSince(before?.loads, run.loads)));
  console.log(
    before === undefined
      ? `Nothing is kept to compare it with: ${run.scenario} was not run with these sizes and --keep.`
      : `Changes are against ${before.commit} of ${before.date.slice(0, 10)}, of ratios where there are some.`,
  );
  for (const target of TARGETS.filter(({ scenario }) => scenario === run.scenario)) {
    const value = measuredOf(target, run);
    if (value === undefined) continue;
    const verdict = reachOf(target, value) >= 1 ? 'reached' : 'MISSED';
    console.log(`${verdict}: ${target.name} ${asValue(value, target.unit)}, target ${asTarget(target)}`);
  }
}

function rowsOf({ loads }, changes) {
  return Object.entries(loads).flatMap(([load, { figures, beside, alone, theirs, ratios }]) =>
    Object.keys(figures).map((figure) => ({
      load,
      figure,
      [RELAY]: figures[figure],
      beside: beside ?? `none: ${alone ?? 'the reference is not there'}`,
      theirs: theirs?.[figure] ?? '',
      ratio: ratios?.[figure] ?? '',
      change: asChange(changes[load]?.[figure]) ?? '',
    })),
  );
}
