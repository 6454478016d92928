import { setTimeout as delay } from 'node:timers/promises';
import { createTestDatabase, Seeded, type TestDatabase } from '#testing';
import { BuiltRelay } from './built-relay.js';
import { Scene } from './scene.js';

const KILLS = 5;

let database: TestDatabase;
let relay: BuiltRelay;
let scene: Scene;
beforeAll(async () => {
  database = await createTestDatabase();
  relay = await BuiltRelay.prepare({
    DATABASE_URL: database.applicationUrl,
    MIGRATION_DATABASE_URL: database.ownerUrl,
  });
  await relay.start();
}, 120_000);
afterAll(async () => {
  await scene.close();
  await relay.remove();
  await database.drop();
});

test('a relay that is killed under load loses, doubles and reorders nothing that it acknowledged', async () => {
  const random = Seeded.announced('kill-relay');
  scene = await Scene.open(relay, random);
  const { load } = scene;
  for (let kill = 1; kill <= KILLS; kill++) {
    await load.progress(random.between(30, 250));
    await delay(random.between(0, 20));
    await relay.kill();
    await relay.start();
  }
  await load.progress(50);

  expect(await scene.violations()).toEqual([]);
  // Only a reply that never came can show what a kill does, and nothing but a kill may keep one from coming.
  expect(load.failed('silence')).toBeGreaterThan(KILLS);
  expect(Object.keys(load.failures).filter((kind) => !['silence', '503', 'unavailable'].includes(kind))).toEqual([]);
  expect(load.disconnects).toBeGreaterThanOrEqual(KILLS);
}, 120_000);
