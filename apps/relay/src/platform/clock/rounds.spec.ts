import { Unavailable } from '../errors/refusal.js';
import type { Log } from '../logging/log.js';
import { Rounds } from './rounds.js';

const warn = jest.fn();
const log = { warn } as unknown as Log;

function rounds(run: () => Promise<void>): Rounds {
  const made = new Rounds(log, { everyMs: 1_000, failed: 'a round failed', run });
  made.start();
  return made;
}

beforeEach(() => {
  warn.mockClear();
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('rounds', () => {
  it('come again and again, until they are stopped', async () => {
    const run = jest.fn(async () => Promise.resolve());
    const made = rounds(run);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(run).toHaveBeenCalledTimes(3);
    await made.stop();
    await jest.advanceTimersByTimeAsync(3_000);
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('are never two at once, and whoever stops them waits for the one under way', async () => {
    let end: () => void = () => undefined;
    const run = jest.fn(async () => new Promise<void>((resolve) => (end = resolve)));
    const made = rounds(run);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(run).toHaveBeenCalledTimes(1);
    const stopped = jest.fn();
    const stopping = made.stop().then(stopped);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(stopped).not.toHaveBeenCalled();
    end();
    await stopping;
    expect(stopped).toHaveBeenCalled();
  });

  it('go on after one that failed, and tell of it, but not of an outage', async () => {
    const run = jest.fn(async () => Promise.reject(new Error('a fault')));
    const made = rounds(run);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(warn.mock.calls.map(([words]: unknown[]) => words)).toEqual(['a round failed', 'a round failed']);
    run.mockImplementation(async () => Promise.reject(new Unavailable()));
    await jest.advanceTimersByTimeAsync(2_000);
    expect(run).toHaveBeenCalledTimes(4);
    expect(warn).toHaveBeenCalledTimes(2);
    await made.stop();
  });
});
