// Parts of Markdown, for pages that are made from the contract.
import { headingId } from './heading-id.mjs';

/** Text of the contract, which may have code in backticks and paragraphs, and no markup of HTML. */
export function prose(text = '') {
  return text
    .split(/(`[^`]*`)/)
    .map((part, place) => (place % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('{{', '{&#8203;{')))
    .join('');
}

export function code(text) {
  return `\`${text}\``;
}

/** With an id that stays when the words change. */
export function heading(level, text, name) {
  return `${'#'.repeat(level)} ${text} {#${headingId(name)}}`;
}

/** @returns nothing for no rows. */
export function table(head, rows) {
  if (rows.length === 0) return undefined;
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Closed until a reader opens it. */
export function folded(title, ...blocks) {
  return page(`::: details ${title}`, ...blocks, ':::');
}

export function json(value) {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}

/** Blocks, an empty line between each two. */
export function page(...blocks) {
  return blocks.flat(Infinity).filter(Boolean).join('\n\n');
}
