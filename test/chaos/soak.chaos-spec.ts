import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { call, closeAfterEach, recordEvidence, soakMinutes, until } from '#testing';
import { SeparateRelay } from '../controls/separate-relay.js';
import type { SeededPerson } from '../load/lib/people.mjs';
import { connect } from '../load/lib/socket-io.mjs';
import { Correspondents } from './correspondents.js';
import { type Bounds, leaks, type Sample, trendOf } from './steadiness.js';

const PAIRS = 20;
const ON_THEIR_WAY = 64;
const CALIBRATION_SECONDS = 5;
const SHARE = 0.5;
const MINUTE_MS = 60_000;
/** From so long on a soak is held to what it promises; a shorter one finds only what leaks fast. */
const WHOLE_MINUTES = 60;

/** Two hours: a mebibyte in ten minutes, nothing else. */
const LONG: Bounds = {
  warmUpMs: 10 * MINUTE_MS,
  kibibytesPerTenMinutes: 1_024,
  files: 0,
  connections: 0,
  p99Drift: 0.1,
};
/**
 * Two minutes and a half: the heap still grows to its size, by 25 MiB at most in what is left of that; files are those of the
 * visitors who are just there and of the last connections of the pool, and a p99 of few messages is what the scheduler does with them.
 */
const SHORT: Bounds = {
  warmUpMs: (soakMinutes * MINUTE_MS) / 3,
  kibibytesPerTenMinutes: 150 * 1_024,
  files: 6,
  connections: 3,
  p99Drift: 1,
};
const BOUNDS = soakMinutes >= WHOLE_MINUTES ? LONG : SHORT;
const SAMPLES = Math.max(60, Math.min(480, soakMinutes * 4));
const EVERY_MS = (soakMinutes * MINUTE_MS) / SAMPLES;

jest.setTimeout((soakMinutes + 3) * MINUTE_MS);

const relay = SeparateRelay.duringTests();
const closeLater = closeAfterEach();

async function sessionsAtPostgres(): Promise<number> {
  const [row] = await relay.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'sealpost%'`,
  );
  return row!.n;
}

async function sampleOf(correspondents: Correspondents): Promise<Sample> {
  return {
    atMs: performance.now(),
    kibibytes: relay.kibibytes,
    files: readdirSync(`/proc/${relay.process.pid}/fd`).length,
    connections: await sessionsAtPostgres(),
    p99Ms: correspondents.takeP99Ms(),
  };
}

/** Somebody comes, reads over HTTP, and goes: what each of them leaves behind adds up. */
async function visit({ token, conversationId }: SeededPerson): Promise<void> {
  const socket = await connect(relay.url, { token });
  const { status } = await call(relay, 'GET', `/v1/conversations/${conversationId!}/messages?limit=20`, { token });
  socket.terminate();
  expect(status).toBe(200);
}

test('hours at half of what it takes leave a relay with the memory, files, connections and speed that it had (R-19)', async () => {
  const people = await relay.people(2 * PAIRS);
  const correspondents = closeLater(await Correspondents.of(relay.url, people));
  const most = await correspondents.most(ON_THEIR_WAY, CALIBRATION_SECONDS);
  await until(() => correspondents.onTheirWay === 0, 'all have come');
  // The pool opens a connection when it first needs it, and keeps it: all of them now, and not one by one in hours.
  await Promise.all(people.map(visit));
  correspondents.takeP99Ms();
  correspondents.begin(most * SHARE);
  const samples: Sample[] = [];
  const startMs = performance.now();
  for (let n = 1; n <= SAMPLES; n++) {
    await visit(people[n % people.length]!);
    await delay(startMs + n * EVERY_MS - performance.now());
    samples.push(await sampleOf(correspondents));
  }
  correspondents.end();
  await until(() => correspondents.onTheirWay === 0, 'all have come');

  const trend = trendOf(samples, BOUNDS.warmUpMs);
  const { atMs: _at, ...last } = samples.at(-1)!;
  recordEvidence('R-19', {
    minutes: soakMinutes,
    perSecond: Math.round(most * SHARE),
    heard: correspondents.heard,
    mebibytes: Math.round(last.kibibytes / 1_024),
    files: last.files,
    connections: last.connections,
    p99Ms: Math.round(last.p99Ms),
    kibibytesPerTenMinutes: trend.kibibytesPerTenMinutes,
    moreFiles: trend.files,
    moreConnections: trend.connections,
    p99Drift: Math.round(trend.p99Drift * 100) / 100,
  });
  expect(leaks(trend, BOUNDS)).toEqual([]);
  expect([correspondents.refused, correspondents.heard]).toEqual([0, correspondents.sent]);
});
