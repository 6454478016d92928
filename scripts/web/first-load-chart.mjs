import { asKilobytes, MOST_FIRST_LOAD_BYTES } from './first-load.mjs';

/** So many entries fit side by side. */
const MOST_ENTRIES = 12;
const [LEFT, TOP, WIDTH, HEIGHT] = [48, 24, 600, 260];
const TOP_BYTES = 400 * 1024;
const HUES = ['#0d6b60', '#2b5fb0', '#7a9bd4', '#96540a', '#a4377c', '#c99a5b'];

const STYLE = `
  text { font: 11px system-ui, sans-serif; fill: #1d2321 }
  .axis { stroke: #8b8a84; stroke-width: 0.5 }
  .most { stroke: #b3261e; stroke-dasharray: 5 3 }
  @media (prefers-color-scheme: dark) { text { fill: #e8ecea } .ground { fill: #161b1a } .most { stroke: #ff8a80 } }
  @media (prefers-color-scheme: light) { .ground { fill: #ffffff } }`;

/** @returns an SVG: a bar for each entry, the oldest left, piled up of its groups, under a line at the most there may be. */
export function chartOf(history) {
  const entries = history.slice(-MOST_ENTRIES);
  const groups = Object.keys(entries.at(-1)?.groups ?? {});
  const step = WIDTH / Math.max(entries.length, 4);
  const bars = entries.map((entry, index) =>
    barOf(entry, { groups, x: LEFT + step * (index + 0.15), width: step * 0.7 }),
  );
  const [bottom, right] = [TOP + HEIGHT, LEFT + WIDTH];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${right + 140} ${bottom + 44}" role="img">
<title>First load of the web app, in KB of gzip, by commit</title>
<desc>${entries.map(({ commit, date, bytes }) => `${date} ${commit}: ${asKilobytes(bytes)}`).join('; ')}</desc>
<style>${STYLE}
</style>
<rect class="ground" width="100%" height="100%"/>
${[0, 100, 200, 300, 400].map((kilobytes) => lineAt(kilobytes * 1024, 'axis', `${kilobytes}`)).join('\n')}
${bars.join('\n')}
${lineAt(MOST_FIRST_LOAD_BYTES, 'most', `${MOST_FIRST_LOAD_BYTES / 1024}`)}
${legendOf(groups, right + 16)}
</svg>
`;
}

function barOf({ bytes, commit, date, groups: shares }, { groups, x, width }) {
  let below = 0;
  const parts = groups.map((group, index) => {
    const share = shares[group] ?? 0;
    below += share;
    return `<rect x="${at(x)}" y="${at(yOf(below))}" width="${at(width)}" height="${at(yOf(0) - yOf(share))}" fill="${HUES[index]}"><title>${group}: ${asKilobytes(share)}</title></rect>`;
  });
  const middle = at(x + width / 2);
  const label = (y, text) => `<text x="${middle}" y="${at(y)}" text-anchor="middle">${text}</text>`;
  const foot = yOf(0);
  return [
    ...parts,
    label(yOf(bytes) - 4, Math.round(bytes / 1024)),
    label(foot + 14, commit),
    label(foot + 28, date.slice(5)),
  ].join('');
}

function lineAt(bytes, name, label) {
  const y = at(yOf(bytes));
  return `<line class="${name}" x1="${LEFT}" x2="${LEFT + WIDTH}" y1="${y}" y2="${y}"/><text x="${LEFT - 6}" y="${y}" dy="4" text-anchor="end">${label}</text>`;
}

function legendOf(groups, x) {
  const line = (group, index) => {
    const y = TOP + 20 * (groups.length - index);
    return `<rect x="${x}" y="${y - 9}" width="10" height="10" fill="${HUES[index]}"/><text x="${x + 16}" y="${y}">${group}</text>`;
  };
  return groups.map(line).join('\n');
}

function yOf(bytes) {
  return TOP + HEIGHT * (1 - bytes / TOP_BYTES);
}

function at(number) {
  return number.toFixed(1);
}
