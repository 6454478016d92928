import { tellable } from './statistics.js';

describe('how many people were here', () => {
  it.each([
    [0, 0],
    [1, undefined],
    [4, undefined],
    [5, 5],
    [1_000, 1_000],
  ])('is told of nobody and of enough to hide in, and not of a few: %p', (people, told) => {
    expect(tellable(people)).toBe(told);
  });
});
