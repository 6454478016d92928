import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { call, recordEvidence, scaled, Seeded, until } from '#testing';
import { BuiltRelay } from './built-relay.js';
import { signalPostgres } from './embedded-postgres.js';
import { Scene } from './scene.js';

const FROZEN_MS = scaled({ ci: 8_000, gate: 20_000 });
/** In CI other tests share the processors. */
const REFUSED_MS = scaled({ ci: 8_000, gate: 5_000 });
const RECOVERY_MS = scaled({ ci: 6_000, gate: 3_000 });
const GROWN_MEBIBYTES = 50;
const MORE_THAN_IN_FLIGHT = 30;

jest.setTimeout(180_000);

let relay: BuiltRelay;
let scene: Scene;
beforeAll(async () => {
  relay = await BuiltRelay.prepare();
  await relay.start();
}, 120_000);
afterAll(async () => {
  // Frozen, it would not end.
  await signalPostgres(relay, 'SIGCONT').catch(() => undefined);
  await scene.close();
  await relay.remove();
});

/** Of the relay alone. */
function mebibytes(): number {
  const [, kibibytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${relay.pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}

test('a database that is frozen under load keeps nobody waiting, piles nothing up, and all goes on when it thaws (R-03)', async () => {
  scene = await Scene.open(relay, Seeded.announced('freeze-postgres'));
  const { load } = scene;
  await load.progress(500);
  const before = mebibytes();
  const refusals = () => load.failed('503') + load.failed('unavailable');
  const [refusedBefore, frozenAt] = [refusals(), performance.now()];
  await signalPostgres(relay, 'SIGSTOP');
  await until(() => refusals() > refusedBefore, 'the first is refused', REFUSED_MS);
  expect((await call(relay, 'GET', '/health/live')).status).toBe(200);
  expect((await call(relay, 'GET', '/health/ready')).status).toBe(503);
  await delay(FROZEN_MS - (performance.now() - frozenAt));
  const grown = mebibytes() - before;
  await signalPostgres(relay, 'SIGCONT');
  const thawedAt = performance.now();
  await load.progress(MORE_THAN_IN_FLIGHT);
  const recoveryMs = performance.now() - thawedAt;
  await load.progress(50);

  expect(await scene.violations()).toEqual([]);
  expect(load.longestRefusalMs).toBeLessThan(REFUSED_MS);
  expect(recoveryMs).toBeLessThan(RECOVERY_MS);
  expect(grown).toBeLessThan(GROWN_MEBIBYTES);
  expect(relay.isRunning).toBe(true);
  expect(load.disconnects).toBe(0);
  // Whatever was on its way when it froze may have been stored: nobody can say, so nothing comes back in time.
  expect(Object.keys(load.failures).filter((kind) => !['503', 'unavailable', 'silence'].includes(kind))).toEqual([]);
  recordEvidence('R-03', {
    frozenMs: FROZEN_MS,
    acknowledged: load.acknowledgements,
    longestRefusalMs: Math.round(load.longestRefusalMs),
    recoveryMs: Math.round(recoveryMs),
    grownMebibytes: Math.round(grown),
  });
});
