/** The tables of docs/performance.md: what was measured and kept, between two marks. */
import { NOT_MEASURED } from './charts.mjs';
import { newestOf } from './history.mjs';
import { asTarget, asValue, verdictsOf } from './targets.mjs';

const BEGIN = '<!-- Written by npm run bench:charts, from here -->';
const END = '<!-- to here. -->';

/** @returns the page with the tables of this history. @throws {Error} when the page has no place for them. */
export function withResults(page, history) {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error('The page has no place for the results.');
  return `${page.slice(0, from + BEGIN.length)}\n\n${tablesOf(history)}\n\n${page.slice(to)}`;
}

function tablesOf(history) {
  const targets = verdictsOf(history).map(({ target, run, value, reach }) => [
    target.name,
    asTarget(target),
    value === undefined ? NOT_MEASURED : asValue(value, target.unit),
    reach === undefined ? '' : reach >= 1 ? 'reached' : '**missed**',
    run === undefined ? '' : `${run.date.slice(0, 10)}, ${run.commit}`,
  ]);
  const scenarios = [...new Set(history.map(({ scenario }) => scenario))];
  const loads = scenarios.flatMap((scenario) => loadsOf(newestOf(history, scenario)));
  return [
    tableOf(['Target', 'Bound', 'Measured', 'Verdict', 'When, and of which commit'], targets),
    loads.length === 0 ? `The loads: ${NOT_MEASURED}.` : tableOf(LOAD_HEADINGS, loads),
  ].join('\n\n');
}

const LOAD_HEADINGS = ['Scenario', 'Load', 'A second', 'p50 ms', 'p99 ms', 'CPU µs each', 'Else', 'Beside', 'Ratio'];
/** What some loads are about. */
const ELSE = {
  kibPerSocket: 'KiB a socket',
  seconds: 's until all are done',
  deliveriesPerCpuSecond: 'deliveries a CPU second',
};
/** Of which figure the ratio is shown: the steadiest there is. */
const COMPARED = {
  deliveriesPerCpuSecond: 'deliveries',
  cpuMicros: 'CPU',
  perSecond: 'a second',
  kibPerSocket: 'memory',
};

function loadsOf({ scenario, loads }) {
  return Object.entries(loads).map(([load, { figures, beside, alone, ratios = {} }]) => {
    const valuesOf = (keys) => keys.map((key) => (figures[key] ? asValue(figures[key]) : ''));
    const about = Object.keys(ELSE).find((key) => figures[key]);
    const compared = Object.keys(COMPARED).find((key) => ratios[key]);
    return [
      scenario,
      load,
      ...valuesOf(['perSecond', 'p50', 'p99', 'cpuMicros']),
      about === undefined ? '' : asValue(figures[about], ELSE[about]),
      beside ?? `none: ${alone}`,
      compared === undefined ? '' : `${asValue(ratios[compared])} (${COMPARED[compared]})`,
    ];
  });
}

/** As the formatter would have it. */
function tableOf(headings, rows) {
  const widths = headings.map((heading, column) =>
    Math.max(3, ...[heading, ...rows.map((row) => row[column])].map((cell) => [...cell].length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, column) => cell + ' '.repeat(widths[column] - [...cell].length)).join(' | ')} |`;
  return [line(headings), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
