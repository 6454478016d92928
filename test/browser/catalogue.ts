import { de } from '../../apps/web/src/i18n/de.js';
import { en } from '../../apps/web/src/i18n/en.js';

/** What the app says, as pieces of text: those that stand in English only. */

/** Shorter pieces are looked for alone, not within something longer: “by” is in many words. */
const LEAST_WITHIN = 12;

interface Catalogue {
  readonly [name: string]: string | Catalogue;
}

/** English of the app among texts that somebody sees while it speaks German. */
export function englishIn(texts: readonly string[]): string[] {
  return texts.filter((text) => {
    const seen = text.trim();
    return ENGLISH.has(seen) || LONG.some((piece) => seen.includes(piece));
  });
}

function piecesOf(catalogue: Catalogue): Set<string> {
  const messages = Object.values(catalogue).flatMap((entry) =>
    typeof entry === 'string' ? literalsIn(entry) : [...piecesOf(entry)],
  );
  return new Set(messages);
}

/** What stands as it is in a message of ICU's format: outside of all braces, and within those of a choice. */
function literalsIn(message: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let piece = '';
  const end = (): void => {
    if (/\p{L}{2}/u.test(piece)) pieces.push(piece.trim());
    piece = '';
  };
  for (const char of message.replaceAll(/<\/?\w+>/g, '#')) {
    const isBrace = char === '{' || char === '}';
    if (isBrace || char === '#') end();
    else if (depth % 2 === 0) piece += char;
    if (isBrace) depth += char === '{' ? 1 : -1;
  }
  end();
  return pieces;
}

const german = piecesOf(de);
const ENGLISH = new Set([...piecesOf(en)].filter((piece) => !german.has(piece)));
const LONG = [...ENGLISH].filter((piece) => piece.length >= LEAST_WITHIN);
