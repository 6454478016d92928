import { restMs } from './pace.js';

describe('the pace of erasing', () => {
  it('leaves nine tenths of the time to those who send, however slow the machine is', () => {
    expect(restMs(20, 0)).toBe(180);
    expect(restMs(2_000, 1_000)).toBe(18_000);
  });

  it('rests a little after the shortest batch', () => {
    expect(restMs(0, 0)).toBe(50);
  });

  it('takes half of the time for what is not done after an hour, so that it cannot grow for ever', () => {
    expect(restMs(200, 3_599_999)).toBe(1_800);
    expect(restMs(200, 3_600_000)).toBe(200);
  });
});
