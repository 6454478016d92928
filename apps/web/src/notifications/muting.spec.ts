import { inForce, mutingFrom, mutingIn, MUTINGS, NOT_MUTED, textOf } from './muting.js';

const NOON = Date.UTC(2026, 10, 28, 12);
const HOUR = 3_600_000;

describe('muting', () => {
  it.each([
    ['hour', HOUR],
    ['day', 24 * HOUR],
  ] as const)('for a while ends by itself: %s', (choice, lastsMs) => {
    const chosen = mutingFrom(choice, NOON);
    expect(inForce(chosen, NOON + lastsMs - 1)).toEqual(chosen);
    expect(inForce(chosen, NOON + lastsMs)).toEqual(NOT_MUTED);
  });

  it('for good does not', () => {
    const chosen = mutingFrom('ever', NOON);
    expect(inForce(chosen, Number.MAX_SAFE_INTEGER)).toEqual(chosen);
  });

  it.each(MUTINGS)('is read as it was stored: %s', (choice) => {
    const chosen = mutingFrom(choice, NOON);
    expect(mutingIn(textOf(chosen))).toEqual(chosen);
  });

  it.each(['', 'loud', 'hour soon', 'hour -1', 'ever 1 2'])('is none where there is something else: “%s”', (text) => {
    expect(mutingIn(text)).toEqual(NOT_MUTED);
  });
});
