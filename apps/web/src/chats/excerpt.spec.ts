import { excerptOf } from './excerpt.js';

const shown = (text: string, words: string): string =>
  excerptOf(text, words)
    .map((part) => (part.isFound ? `[${part.text}]` : part.text))
    .join('');

describe('what is shown of a message that was found', () => {
  it.each([
    ['The first blank block', 'BLANK', 'The first [blank] block'],
    ['blank, and blank again', 'blank', '[blank], and [blank] again'],
    ['one and two', 'two one', '[one] and [two]'],
    ['1 + 1 (more or less)', '(more', '1 + 1 [(more] or less)'],
    ['nothing of it', 'tape', 'nothing of it'],
    ['nothing asked for', ' ', 'nothing asked for'],
    ['Why does the loader need the whole tape? It is long', 'tape', '… loader need the whole [tape]? It is long'],
    ['a-word-that-goes-on-and-on-and-on-without-end', 'end', '… [end]'],
  ])('of %j for %j: %s', (text, words, expected) => {
    expect(shown(text, words)).toBe(expected);
  });
});
