import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../config/config.js';
import { Log } from '../logging/log.js';
import { Metrics } from '../metrics/metrics.js';
import { NoTracing } from '../tracing/tracing.js';
import { Database } from './database.js';

/** @nestjs/typeorm gives up after ten. */
const TRIES = 30;
const LONGEST_WAIT_MS = 5_000;

interface Line {
  readonly msg: string;
  readonly attempt: number;
  readonly durationMs: number;
}

describe('a database that is not there', () => {
  const lines: Line[] = [];
  // Nobody listens on port 1.
  const config = readConfig({ DATABASE_URL: 'postgres://app:a@127.0.0.1:1/relay' });
  const log = new Log({ LOG_LEVEL: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line) as Line) });
  const database = new Database(
    config,
    { entities: [], migrations: [], guarded: {} },
    log,
    new NoTracing(),
    new Metrics(config),
  );

  beforeAll(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'performance', 'setImmediate', 'Date'] }));
  afterAll(async () => {
    await database.onApplicationShutdown();
    jest.useRealTimers();
  });

  it('is tried for ever: a line each time, and never more than five seconds between two tries (R-09)', async () => {
    await database.onApplicationBootstrap();
    for (let tries = 1; tries < TRIES; tries++) {
      jest.advanceTimersByTime(LONGEST_WAIT_MS);
      for (let waits = 0; lines.length === tries && waits < 5_000; waits++) await pause(1);
    }
    expect(lines.map(({ attempt }) => attempt)).toEqual(Array.from({ length: TRIES }, (_none, index) => index + 1));
    expect(new Set(lines.map(({ msg }) => msg))).toEqual(new Set(['database unreachable, trying again']));
    expect(Math.max(...lines.map(({ durationMs }) => durationMs))).toBeLessThanOrEqual(LONGEST_WAIT_MS);
    expect(database.isReady).toBe(false);
  });
});
