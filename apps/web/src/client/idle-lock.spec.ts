import { IdleLock } from './idle-lock.js';

const MINUTE_MS = 60_000;

describe('the lock timer', () => {
  let nowMs: number;
  let locked: number;
  const timer = (afterMs: number | undefined): IdleLock => {
    const idle = new IdleLock({ afterMs, lock: () => locked++, nowMs: () => nowMs });
    idle.start();
    return idle;
  };
  /** Time goes by, and timers with it. */
  const pass = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 1_000) {
      nowMs += 1_000;
      jest.advanceTimersByTime(1_000);
    }
  };

  beforeEach(() => {
    jest.useFakeTimers();
    [nowMs, locked] = [1_000_000, 0];
  });
  afterEach(() => jest.useRealTimers());

  it('locks once, when nobody has done anything for so long', () => {
    timer(5 * MINUTE_MS);
    pass(5 * MINUTE_MS - 1_000);
    expect(locked).toBe(0);
    pass(10 * MINUTE_MS);
    expect(locked).toBe(1);
  });

  it('begins anew with whatever somebody does', () => {
    const idle = timer(MINUTE_MS);
    for (let n = 0; n < 5; n++) {
      pass(50_000);
      idle.note();
    }
    expect(locked).toBe(0);
  });

  it('locks when the page is seen again after a sleep in which no timer ran', () => {
    const idle = timer(MINUTE_MS);
    nowMs += 8 * 60 * MINUTE_MS;
    idle.look();
    expect(locked).toBe(1);
  });

  it('takes what wakes the page up for no activity', () => {
    const idle = timer(MINUTE_MS);
    nowMs += 2 * MINUTE_MS;
    idle.note();
    expect(locked).toBe(1);
  });

  it('locks when the clock was set back', () => {
    const idle = timer(MINUTE_MS);
    nowMs -= 60 * MINUTE_MS;
    idle.note();
    expect(locked).toBe(1);
  });

  it('never locks where nobody wants it, nor once it was stopped', () => {
    const never = timer(undefined);
    const stopped = timer(MINUTE_MS);
    stopped.stop();
    pass(90 * MINUTE_MS);
    for (const idle of [never, stopped]) idle.look();
    expect(locked).toBe(0);
  });
});
