import { setTimeout as delay } from 'node:timers/promises';
import { call, recordEvidence, scaled, Seeded, until } from '#testing';
import type { Postmaster } from '../../apps/relay/src/platform/database/embedded/postmaster-file.js';
import { BuiltRelay } from './built-relay.js';
import { postmasterOf, signalPostgres } from './embedded-postgres.js';
import { Scene } from './scene.js';

const KILLS = scaled({ ci: 5, gate: 10 });
/** In CI other tests share the processors. */
const REFUSED_MS = scaled({ ci: 5_000, gate: 2_000 });
const RECOVERY_MS = 5_000;
/** So many acknowledgements cannot all be of what was stored before the kill. */
const MORE_THAN_IN_FLIGHT = 30;

let relay: BuiltRelay;
let scene: Scene;
beforeAll(async () => {
  relay = await BuiltRelay.prepare();
  await relay.start();
}, 120_000);
afterAll(async () => {
  await scene.close();
  await relay.remove();
});

test('a database that is killed under load loses, doubles and reorders nothing, and the relay outlives it (R-02)', async () => {
  const random = Seeded.announced('kill-postgres');
  scene = await Scene.open(relay, random);
  const { load } = scene;
  const refusals = () => load.failed('503') + load.failed('unavailable');
  const [outagesMs, recoveriesMs]: [number[], number[]] = [[], []];
  for (let kill = 1; kill <= KILLS; kill++) {
    await load.progress(random.between(30, 250));
    await delay(random.between(0, 20));
    const refusedBefore = refusals();
    const killed = await signalPostgres(relay, 'SIGKILL');
    const killedAt = performance.now();
    await until(() => refusals() > refusedBefore, 'the outage shows');
    expect((await call(relay, 'GET', '/health/live')).status).toBe(200);
    await until(async () => isBack(await postmasterOf(relay), killed), 'PostgreSQL runs again');
    const backAt = performance.now();
    await load.progress(MORE_THAN_IN_FLIGHT);
    recoveriesMs.push(performance.now() - backAt);
    outagesMs.push(performance.now() - killedAt);
  }
  await load.progress(50);

  expect(await scene.violations()).toEqual([]);
  expect(Math.max(...recoveriesMs)).toBeLessThan(RECOVERY_MS);
  expect(load.longestRefusalMs).toBeLessThan(REFUSED_MS);
  // From the kill on, PostgreSQL's own start included: once at least, for that takes long while the machine is busy.
  expect(Math.min(...outagesMs)).toBeLessThan(RECOVERY_MS);
  // The relay was there all the time, and said that the database was not.
  expect(relay.isRunning).toBe(true);
  expect(load.disconnects).toBe(0);
  expect(load.failed('503')).toBeGreaterThan(0);
  expect(load.failed('unavailable')).toBeGreaterThan(0);
  expect(Object.keys(load.failures).filter((kind) => !['503', 'unavailable'].includes(kind))).toEqual([]);
  expect(Object.keys(load.reads).filter((kind) => !['200', '503'].includes(kind))).toEqual([]);
  recordEvidence('R-02', {
    kills: KILLS,
    acknowledged: load.acknowledgements,
    refused503: load.failed('503'),
    longestRefusalMs: Math.round(load.longestRefusalMs),
    longestRecoveryMs: Math.round(Math.max(...recoveriesMs)),
  });
}, 240_000);

function isBack(now: Postmaster | undefined, killed: number): boolean {
  return now !== undefined && now.isReady && now.pid !== killed;
}
