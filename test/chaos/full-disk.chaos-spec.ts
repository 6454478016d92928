import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, recordEvidence, Seeded, until } from '#testing';
import { BuiltRelay } from './built-relay.js';
import { Scene } from './scene.js';

/** Room for a new database, its log of writes, and some thousand messages. */
const DISK_MEBIBYTES = 320;
const FULL_MS = 10_000;
const RECOVERY_MS = 10_000;
const MORE_THAN_IN_FLIGHT = 30;

jest.setTimeout(240_000);

/** A disk of its own, which takes root to mount: in memory, as nothing here is about what survives a machine. */
const disk = mkdtempSync(join(tmpdir(), 'sealpost-disk-'));
const filling = join(disk, 'filling');
let relay: BuiltRelay;
let scene: Scene;
beforeAll(async () => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(DISK_MEBIBYTES)}m,mode=0755`, 'tmpfs', disk]);
  relay = await BuiltRelay.prepare({ DATA_DIR: join(disk, 'data') });
  await relay.start();
}, 120_000);
afterAll(async () => {
  rmSync(filling, { force: true });
  await scene.close();
  await relay.remove();
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});

/** Takes what is free, to the last page. */
function fill(): void {
  const { bavail, bsize } = statfsSync(disk);
  execFileSync('fallocate', ['--length', String(bavail * bsize), filling]);
}

test('a disk that is full under load acknowledges nothing that is not stored, and heals once there is room (R-04)', async () => {
  scene = await Scene.open(relay, Seeded.announced('full-disk'));
  const { load } = scene;
  await load.progress(500);
  const refusals = () => load.failed('503') + load.failed('unavailable');
  const refusedBefore = refusals();
  fill();
  // What PostgreSQL has already claimed is used up first.
  await until(() => refusals() > refusedBefore, 'the first is refused', 60_000);
  const readBefore = load.reads['200'] ?? 0;
  await delay(FULL_MS);
  expect((await call(relay, 'GET', '/health/live')).status).toBe(200);
  const readWhileFull = (load.reads['200'] ?? 0) - readBefore;
  rmSync(filling);
  const freedAt = performance.now();
  await load.progress(MORE_THAN_IN_FLIGHT);
  const recoveryMs = performance.now() - freedAt;
  await load.progress(50);

  expect(await scene.violations()).toEqual([]);
  expect(recoveryMs).toBeLessThan(RECOVERY_MS);
  expect(relay.isRunning).toBe(true);
  expect(Object.keys(load.failures).filter((kind) => !['503', 'unavailable', 'silence'].includes(kind))).toEqual([]);
  expect(Object.keys(load.reads).filter((kind) => !['200', '503'].includes(kind))).toEqual([]);
  recordEvidence('R-04', {
    acknowledged: load.acknowledgements,
    refused: refusals(),
    readWhileFull,
    recoveryMs: Math.round(recoveryMs),
  });
});
