import { Backoff, waitFor } from './backoff.js';
import { RelayRefusal, RelayUnreachableError } from './relay.errors.js';

describe('the wait before the next attempt', () => {
  it('grows to twice as much each time, up to a bound', () => {
    const backoff = new Backoff({ baseMs: 500, maxMs: 3_000, random: () => 1 });
    expect([1, 2, 3, 4, 5].map(() => backoff.nextMs())).toEqual([500, 1_000, 2_000, 3_000, 3_000]);
  });

  it('is anything from nothing to that, by chance (R-07)', () => {
    const chances = [0, 0.5, 0.25];
    const backoff = new Backoff({ baseMs: 1_000, random: () => chances.shift() ?? 0 });
    expect([1, 2, 3].map(() => backoff.nextMs())).toEqual([0, 1_000, 1_000]);
  });

  it('is never less than the relay asks for', () => {
    const backoff = new Backoff({ baseMs: 100, random: () => 0 });
    expect(backoff.nextMs(new RelayRefusal({ code: 'rate_limited', status: 429, retryAfterSeconds: 7 }))).toBe(7_000);
    expect(backoff.nextMs(new RelayUnreachableError({ retryAfterSeconds: 2 }))).toBe(2_000);
    expect(backoff.nextMs(new Error('something else'))).toBe(0);
  });

  it('begins anew after a success', () => {
    const backoff = new Backoff({ baseMs: 10, random: () => 1 });
    backoff.nextMs();
    backoff.nextMs();
    backoff.reset();
    expect(backoff.nextMs()).toBe(10);
  });

  it('stays a number after thousands of failures', () => {
    const backoff = new Backoff({ baseMs: 500, maxMs: 60_000, random: () => 1 });
    for (let n = 0; n < 5_000; n++) backoff.nextMs();
    expect(backoff.nextMs()).toBe(60_000);
  });

  it('ends at once when nobody waits any more', async () => {
    const leaving = new AbortController();
    const waiting = waitFor(3_600_000, leaving.signal);
    leaving.abort(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    await expect(waitFor(1, leaving.signal)).rejects.toThrow('closed');
  });
});
