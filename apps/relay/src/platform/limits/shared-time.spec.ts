import { SharedTime } from './shared-time.js';
import { StillClock } from './still-clock.fixture.js';

const SHARED_MS = 1_800_000_000_000;

describe('the time that relays share', () => {
  it('is the same for all, however far their own clocks are off, and goes on as time passes', async () => {
    const [right, wrong] = [new StillClock(), new StillClock()];
    wrong.advance(600_000);
    const times = [right, wrong].map((clock) => new SharedTime(clock, () => Promise.resolve(SHARED_MS)));
    expect(await Promise.all(times.map((time) => time.millis()))).toEqual([SHARED_MS, SHARED_MS]);
    for (const clock of [right, wrong]) clock.advance(1_234);
    expect(await Promise.all(times.map((time) => time.millis()))).toEqual([SHARED_MS + 1_234, SHARED_MS + 1_234]);
  });

  it('is asked for once, and again after it could not be had', async () => {
    const answers = [Promise.reject(new Error('away')), Promise.resolve(SHARED_MS)];
    const ask = jest.fn(() => answers.shift()!);
    const time = new SharedTime(new StillClock(), ask);
    await expect(time.millis()).rejects.toThrow('away');
    await Promise.all([time.millis(), time.millis()]);
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
