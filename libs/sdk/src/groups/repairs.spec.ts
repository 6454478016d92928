import { Repairs } from './repairs.js';

describe('the repair of a group', () => {
  it('is tried five times an hour at most, each group by itself', () => {
    let nowMs = 0;
    const repairs = new Repairs(() => nowMs);
    const tried = Array.from({ length: 7 }, () => repairs.mayTry('one'));
    expect(tried.filter(Boolean)).toHaveLength(5);
    expect(repairs.mayTry('other')).toBe(true);
    nowMs = 3_600_000;
    expect(repairs.mayTry('one')).toBe(true);
  });
});
