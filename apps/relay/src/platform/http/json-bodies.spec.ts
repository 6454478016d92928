import { hasManyParts } from './json-bodies.js';

const LARGE = 300_000;

describe('a large body', () => {
  it('has few parts when it is one object of a few long texts', () => {
    const text = 'A'.repeat(LARGE);
    expect(hasManyParts(JSON.stringify({ id: 'x', commit: text, welcome: text, groupInfo: text }, null, 2))).toBe(
      false,
    );
  });

  it.each([
    ['lists in lists', '['.repeat(LARGE)],
    ['objects in objects', '{"a":'.repeat(LARGE)],
    ['a list of numbers', `[${'0,'.repeat(LARGE)}0]`],
    ['many fields', `{${Array.from({ length: 1_000 }, (_, n) => `"${n}":0`).join()}}`],
    ['a few of each', `${'['.repeat(11)}${'{"a":'.repeat(11)}${'0,'.repeat(11)}`],
  ])('has many when it is %s', (_what, text) => {
    expect(hasManyParts(text)).toBe(true);
  });
});
