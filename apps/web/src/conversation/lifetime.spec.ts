import { durationOf, LIFETIMES } from './lifetime.js';

describe('a life of messages', () => {
  it.each([
    [1, '1 second'],
    [90, '90 second'],
    [120, '2 minute'],
    [3_600, '1 hour'],
    [5_400, '90 minute'],
    [86_400, '1 day'],
    [10 * 86_400, '10 day'],
    [28 * 86_400, '4 week'],
  ])('of %d seconds is told as %s', (seconds, expected) => {
    const { count, unit } = durationOf(seconds);
    expect(`${String(count)} ${unit}`).toBe(expected);
  });

  it('can be chosen, the shortest first', () => {
    expect([...LIFETIMES].sort((one, other) => one - other)).toEqual(LIFETIMES);
  });
});
