import { setTimeout as delay } from 'node:timers/promises';
import { recordEvidence, scaled, Seeded } from '#testing';
import { BuiltRelay } from './built-relay.js';
import { Scene } from './scene.js';

const KILLS = scaled({ ci: 5, gate: 20 });
/** Acknowledgements between two kills, at least. */
const PROGRESS = scaled({ ci: 30, gate: 1_000 });
/** Of seven clients and three conversations each. */
const CIRCLES = scaled({ ci: 1, gate: 4 });
const CAUGHT_UP_MS = 5_000;

jest.setTimeout(scaled({ ci: 120_000, gate: 900_000 }));

let relay: BuiltRelay;
let remove: () => Promise<void>;
let scene: Scene;
beforeAll(async () => {
  ({ relay, remove } = await BuiltRelay.onDatabase());
}, 120_000);
afterAll(async () => {
  await scene.close();
  await remove();
});

test('a relay that is killed under load loses, doubles and reorders nothing that it acknowledged (R-01)', async () => {
  const random = Seeded.announced('kill-relay');
  scene = await Scene.open(relay, random, CIRCLES);
  const { load } = scene;
  const caughtUpMs: number[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    await load.progress(PROGRESS + random.between(0, 220));
    await delay(random.between(0, 20));
    await relay.kill();
    await relay.start();
    const backAt = performance.now();
    await scene.catchUp();
    caughtUpMs.push(performance.now() - backAt);
  }
  await load.progress(50);

  expect(await scene.violations()).toEqual([]);
  expect(Math.max(...caughtUpMs)).toBeLessThan(CAUGHT_UP_MS);
  // Only a reply that never came can show what a kill does, and nothing but a kill may keep one from coming.
  expect(load.failed('silence')).toBeGreaterThan(KILLS);
  expect(Object.keys(load.failures).filter((kind) => !['silence', '503', 'unavailable'].includes(kind))).toEqual([]);
  expect(load.disconnects).toBeGreaterThanOrEqual(KILLS);
  expect(load.acknowledgements).toBeGreaterThan(KILLS * PROGRESS);
  const slowestMs = Math.round(Math.max(...caughtUpMs));
  recordEvidence('R-01', { kills: KILLS, acknowledged: load.acknowledgements, caughtUpMs: slowestMs });
});
