import { Clock } from '../platform/clock/clock.js';
import { Pace, restMs } from './pace.js';

describe('the pace of erasing', () => {
  it('leaves nine tenths of the time to those who send, however slow the machine is', () => {
    expect(restMs(20, 0)).toBe(180);
    expect(restMs(500, 1_000)).toBe(4_500);
  });

  it('rests five seconds at most, and no longer when the relay ends', async () => {
    expect(restMs(60_000, 0)).toBe(5_000);
    const ending = new AbortController();
    const pace = new Pace(new Clock(), ending.signal);
    const rest = pace.rest();
    ending.abort();
    await expect(rest).resolves.toBeUndefined();
    await expect(pace.rest()).resolves.toBeUndefined();
  });

  it('rests a little after the shortest batch', () => {
    expect(restMs(0, 0)).toBe(25);
  });

  it('takes half of the time for what is not done after an hour, so that it cannot grow for ever', () => {
    expect(restMs(200, 3_599_999)).toBe(1_800);
    expect(restMs(200, 3_600_000)).toBe(200);
  });
});
