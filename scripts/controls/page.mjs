import { asSentence } from './titles.mjs';

const [OPEN, CLOSE] = ['<!-- controls -->\n', '\n<!-- /controls -->'];

/** What stands between the markers of a page. */
export function sectionOf(page) {
  return split(page)[1];
}

export function withSection(page, section) {
  const [before, , after] = split(page);
  return `${before}${OPEN}${section}${CLOSE}${after}`;
}

function split(page) {
  const [before, rest] = page.split(OPEN);
  const [section, after] = rest?.split(CLOSE) ?? [];
  if (after === undefined) throw new Error('docs/threat-model.md has lost its markers for the controls.');
  return [before, section, after];
}

/** The tables of controls, in Markdown. */
export function asMarkdown(controls) {
  const now = controls.filter(({ planned }) => planned === undefined);
  const later = controls.filter(({ planned }) => planned !== undefined);
  return [
    '| control | what must hold | tests | last result |',
    '|---|---|---|---|',
    ...now.map((control) => row([nameOf(control), statementOf(control), testsOf(control), resultOf(control)])),
    ...(later.length === 0 ? [] : plannedRows(later)),
  ].join('\n');
}

function plannedRows(later) {
  return [
    ...['', 'Not there yet, and so not tested:', ''],
    ...['| control | what will have to hold | comes with |', '|---|---|---|'],
    ...later.map((control) => row([nameOf(control), control.says, control.planned])),
  ];
}

/** The same without results, which a check without a run cannot know. */
export function withoutResults(section) {
  return section.replaceAll(/^(\| \*\*.*) \| [^|]* \|$/gm, '$1 |');
}

function row(cells) {
  return `| ${cells.join(' | ')} |`;
}

function nameOf({ id, asvs, level }) {
  const standard = asvs === undefined ? '' : `<br>ASVS ${asvs}${level === undefined ? '' : ` (level ${level})`}`;
  return `**${id}**${standard}`;
}

function statementOf({ says, instead }) {
  return instead === undefined ? says : `${says}<br>*Instead:* ${instead}`;
}

function testsOf({ tests }) {
  const files = [...new Set(tests.map(({ file }) => file))];
  const links = files.map((file) => {
    const titles = tests.filter((test) => test.file === file).map((test) => `“${asCell(asSentence(test.titles))}”`);
    return `[${nameOfFile(file)}](../${file}): ${titles.join(', ')}`;
  });
  return links.join('<br>');
}

export function nameOfFile(file) {
  return file
    .split('/')
    .at(-1)
    .replace(/\.(\w+-)?spec\.ts$/, '');
}

/** Without what would end the cell. */
function asCell(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

function resultOf({ outcome }) {
  return outcome.isRed ? `**${outcome.words}**` : outcome.words;
}
