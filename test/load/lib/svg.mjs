/** Plain SVG, legible on light and on dark pages: it brings its own ground. */

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1d2321 }
  .quiet { font-size: 11px; fill: #5b615e }
  .axis { stroke: #8b8a84; stroke-width: 0.5 }
  .target { stroke: #b3261e; stroke-dasharray: 5 3 }
  .reached { fill: #0d6b60 }
  .missed { fill: #b3261e }
  .other { fill: #2b5fb0 }
  .course { fill: none; stroke: #2b5fb0; stroke-width: 1.5 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e8ecea } .quiet { fill: #a9b0ac } .ground { fill: #161b1a } .target { stroke: #ff8a80 }
    .reached { fill: #3fb5a5 } .missed { fill: #ff8a80 } .other { fill: #7a9bd4 } .course { stroke: #7a9bd4 }
  }
  @media (prefers-color-scheme: light) { .ground { fill: #ffffff } }`;

/** @param parts of the picture. @param description for whoever does not see it. */
export function svgOf({ width, height, title, description, parts }) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<desc>${escaped(description)}</desc>
<style>${STYLE}
</style>
<rect class="ground" width="100%" height="100%" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

export function textAt(x, y, words, { name, anchor = 'start' } = {}) {
  return `<text${name === undefined ? '' : ` class="${name}"`} x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

export function lineOf(name, [x1, y1], [x2, y2]) {
  return `<line class="${name}" x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}"/>`;
}

export function barOf(name, { x, y, width, height }) {
  return `<rect class="${name}" x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}"/>`;
}

/** A line through points, each of them marked. */
export function courseOf(points) {
  const dots = points.map(([x, y]) => `<circle class="other" cx="${at(x)}" cy="${at(y)}" r="2.5"/>`);
  const path = points.map(([x, y]) => `${at(x)},${at(y)}`).join(' ');
  return `<polyline class="course" points="${path}"/>${dots.join('')}`;
}

function at(number) {
  return number.toFixed(1);
}

function escaped(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
