import { LateComers } from './late-comers.js';

describe('whoever comes late to a group', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is looked for after half a second, then after longer each time, and not for ever', () => {
    const looked: string[] = [];
    const late = new LateComers((id) => {
      looked.push(id);
      late.expect(id);
    });
    late.expect('one');
    late.expect('one');
    jest.advanceTimersByTime(499);
    expect(looked).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(looked).toEqual(['one']);
    jest.advanceTimersByTime(999);
    expect(looked).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(looked).toHaveLength(2);
    jest.advanceTimersByTime(10 * 86_400_000);
    expect(looked).toHaveLength(20);
    late.expect('one');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is looked for from the beginning once all were there, and not after the end', () => {
    const looked: string[] = [];
    const late = new LateComers((id) => looked.push(id));
    late.expect('one');
    jest.advanceTimersByTime(500);
    late.forget('one');
    late.expect('one');
    jest.advanceTimersByTime(500);
    expect(looked).toHaveLength(2);
    late.expect('one');
    late.stop();
    expect(jest.getTimerCount()).toBe(0);
  });
});
