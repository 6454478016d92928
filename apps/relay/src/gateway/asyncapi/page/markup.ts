/** Markup that may stand in a page as it is; everything else is escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | undefined | readonly Part[];

/** Markup with values in it: text is escaped, lists are joined, and what is undefined leaves nothing. */
export function markup(pieces: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(pieces.map((piece, index) => piece + textOf(values[index])).join(''));
}

/** Paragraphs of prose, apart from each other by a blank line, with `code` in backticks. */
export function prose(text: string): Markup {
  return markup`${text.split(/\n\n+/).map((paragraph) => markup`<p>${inline(paragraph)}</p>\n`)}`;
}

/** Prose within a line. */
export function inline(text: string): Markup {
  return markup`${text.split('`').map((piece, index) => (index % 2 === 1 ? markup`<code>${piece}</code>` : piece))}`;
}

function textOf(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return part.map(textOf).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
