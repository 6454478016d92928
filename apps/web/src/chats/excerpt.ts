/** So much of a text is shown before what was found in it. */
const BEFORE_CHARS = 24;

export interface ExcerptPart {
  readonly text: string;
  readonly isFound: boolean;
}

/** A text from near the first of the words on, in parts that are among the words and parts that are not. */
export function excerptOf(text: string, words: string): readonly ExcerptPart[] {
  const wanted = words.split(/\s+/).filter(Boolean);
  const pattern = new RegExp(wanted.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'giu');
  const found = wanted.length === 0 ? [] : [...text.matchAll(pattern)];
  const [first] = found;
  const start = startOf(text, first?.index ?? 0);
  const parts: ExcerptPart[] = [];
  let end = start;
  for (const { 0: match, index } of found) {
    parts.push({ text: text.slice(end, index), isFound: false }, { text: match, isFound: true });
    end = index + match.length;
  }
  parts.push({ text: text.slice(end), isFound: false });
  const [head, ...rest] = parts;
  const cut = start > 0 && head !== undefined ? [{ ...head, text: `… ${head.text}` }, ...rest] : parts;
  return cut.filter((part) => part.text !== '');
}

/** The beginning of a word, some way before what was found. */
function startOf(text: string, index: number): number {
  if (index <= BEFORE_CHARS) return 0;
  const space = text.indexOf(' ', index - BEFORE_CHARS);
  return space === -1 || space >= index ? index : space + 1;
}
