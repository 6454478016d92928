/** Pictures of what was measured and kept. */
import { newestOf } from './history.mjs';
import { barOf, courseOf, lineOf, svgOf, textAt } from './svg.mjs';
import { asTarget, asValue, measuredOf, TARGETS, verdictsOf } from './targets.mjs';

export const NOT_MEASURED = 'not measured yet';

/** @returns an SVG by the name of its file. */
export function chartsOf(history) {
  return {
    'performance-targets.svg': targetsChart(history),
    'performance-history.svg': historyChart(history),
    'performance-growth.svg': growthChart(history),
  };
}

const ROW = { height: 26, label: 250, bars: 360, right: 190 };
/** Twice the target: what reaches further is cut off. */
const MOST_REACH = 2;

/** A bar a target: to the line it is reached, beyond it is better. */
function targetsChart(history) {
  const verdicts = verdictsOf(history);
  const bottom = 30 + verdicts.length * ROW.height;
  const middle = ROW.label + ROW.bars / MOST_REACH;
  const rows = verdicts.flatMap((verdict, index) => targetRow(verdict, 30 + index * ROW.height));
  return svgOf({
    width: ROW.label + ROW.bars + ROW.right,
    height: bottom + 12,
    title: 'How far each target of performance is reached',
    description: verdicts.map((verdict) => `${verdict.target.name}: ${asVerdict(verdict)}`).join('; '),
    parts: [
      textAt(middle, 18, 'target', { name: 'quiet', anchor: 'middle' }),
      ...rows,
      lineOf('target', [middle, 24], [middle, bottom]),
    ],
  });
}

function targetRow(verdict, y) {
  const { target, reach } = verdict;
  const label = textAt(ROW.label - 8, y + 16, target.name, { anchor: 'end' });
  const words = textAt(ROW.label + ROW.bars + 8, y + 16, asVerdict(verdict));
  if (reach === undefined) return [label, words];
  const width = (ROW.bars * Math.min(reach, MOST_REACH)) / MOST_REACH;
  const name = reach >= 1 ? 'reached' : 'missed';
  return [label, barOf(name, { x: ROW.label, y: y + 4, width, height: ROW.height - 8 }), words];
}

function asVerdict({ target, value }) {
  const measured = value === undefined ? NOT_MEASURED : asValue(value, target.unit);
  return `${measured} (${asTarget(target)})`;
}

const PANEL = { width: 260, height: 130, columns: 3, top: 36, bottom: 14, side: 14 };
const MOST_RUNS = 12;

/** What each target was measured at, run after run: a panel a target. */
function historyChart(history) {
  const panels = TARGETS.map((target) => ({ target, values: courseOfTarget(target, history) }));
  return svgOf({
    width: PANEL.width * PANEL.columns,
    height: PANEL.height * Math.ceil(panels.length / PANEL.columns),
    title: 'What was measured of each target, the oldest run left',
    description: panels
      .map(
        ({ target, values }) => `${target.name}: ${values.map((value) => asValue(value)).join(', ') || NOT_MEASURED}`,
      )
      .join('; '),
    parts: panels.flatMap(({ target, values }, index) =>
      panelOf({ target, values }, [
        (index % PANEL.columns) * PANEL.width,
        Math.floor(index / PANEL.columns) * PANEL.height,
      ]),
    ),
  });
}

/** Of runs of the same sizes as the newest one: others cannot be compared with it. */
function courseOfTarget(target, history) {
  const newest = newestOf(history, target.scenario);
  return history
    .filter(({ scenario, sizes }) => scenario === target.scenario && same(sizes, newest.sizes))
    .map((run) => measuredOf(target, run))
    .filter((value) => value !== undefined)
    .slice(-MOST_RUNS);
}

function panelOf({ target, values }, [left, top]) {
  const [first, last] = [left + PANEL.side, left + PANEL.width - PANEL.side];
  const title = [
    textAt(first, top + 16, target.name),
    textAt(first, top + 31, asVerdict({ target, value: values.at(-1) }), { name: 'quiet' }),
  ];
  if (values.length === 0) return title;
  const bound = target.atMost ?? target.atLeast;
  const foot = top + PANEL.height - PANEL.bottom;
  const most = 1.1 * Math.max(bound, ...values);
  const yOf = (value) => foot - ((PANEL.height - PANEL.top - PANEL.bottom) * value) / most;
  const step = (last - first) / Math.max(values.length - 1, 1);
  return [
    ...title,
    lineOf('axis', [first, foot], [last, foot]),
    lineOf('target', [first, yOf(bound)], [last, yOf(bound)]),
    courseOf(values.map((value, index) => [first + index * step, yOf(value)])),
  ];
}

const GROWTH = { label: 230, bars: 380, right: 110, row: 26 };

/** CPU of a message, by how many are stored. */
function growthChart(history) {
  const loads = Object.entries(newestOf(history, 'growth')?.loads ?? {}).map(([load, { figures }]) => [
    load,
    figures.cpuMicros,
  ]);
  const most = Math.max(...loads.map(([, micros]) => micros));
  const rows = loads.flatMap(([load, micros], index) => {
    const y = 30 + index * GROWTH.row;
    return [
      textAt(GROWTH.label - 8, y + 16, load, { anchor: 'end' }),
      barOf('other', { x: GROWTH.label, y: y + 4, width: (GROWTH.bars * micros) / most, height: GROWTH.row - 8 }),
      textAt(GROWTH.label + GROWTH.bars + 8, y + 16, asValue(micros, 'µs')),
    ];
  });
  const title = 'CPU of a message, by how many messages are stored';
  return svgOf({
    width: GROWTH.label + GROWTH.bars + GROWTH.right,
    height: 42 + Math.max(loads.length, 1) * GROWTH.row,
    title,
    description: loads.map(([load, micros]) => `${load}: ${asValue(micros, 'µs')}`).join('; ') || NOT_MEASURED,
    parts: [textAt(12, 18, title, { name: 'quiet' }), ...(loads.length === 0 ? [textAt(12, 46, NOT_MEASURED)] : rows)],
  });
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
