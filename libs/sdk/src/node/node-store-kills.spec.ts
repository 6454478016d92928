import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { scaled, Seeded } from '#testing';
import { landedBatches } from '../store/numbered-batches.fixture.js';
import { codeOf } from '../store/store-contract.fixture.js';
import { NodeStore } from './node-store.js';
import { WriterProgram } from './writer-process.fixture.js';

const KILLS = scaled({ ci: 25, gate: 1_000 });

jest.setTimeout(scaled({ ci: 120_000, gate: 1_800_000 }));

describe('a store in a folder, when its process ends', () => {
  let program: WriterProgram;
  let directory: string;

  beforeAll(async () => {
    program = await WriterProgram.build();
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sealpost-killed-'));
  });
  afterEach(() => rm(directory, { recursive: true }));
  afterAll(() => program.remove());

  const landed = async (): Promise<number | string> => {
    const store = await NodeStore.open(directory);
    const batches = await landedBatches(store);
    await store.close();
    return batches;
  };

  it('has every acknowledged batch, and none by half, wherever it is killed', async () => {
    const random = Seeded.announced('node-store-kills');
    let seen = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = program.start(directory);
      await writer.progress(random.between(1, 20));
      await delay(random.between(0, 3));
      await writer.kill();
      const batches = await landed();
      // The last one may have landed without anybody having heard of it.
      expect([writer.acknowledged, writer.acknowledged + 1]).toContain(batches);
      expect(batches).toBeGreaterThan(seen);
      seen = Number(batches);
    }
  });

  it('closes at a full disk, with every acknowledged batch and none by half, and goes on when there is room', async () => {
    const smallFiles = ['sh', '-c', `trap '' XFSZ; ulimit -f 400; exec "$@"`, 'sh'];
    const writer = program.start(directory, smallFiles);
    await writer.end();
    expect(writer.refusals).toEqual(['store_full', 'store_closed']);
    expect(writer.acknowledged).toBeGreaterThan(10);
    expect(await landed()).toBe(writer.acknowledged);
    const next = program.start(directory);
    await next.progress(20);
    await next.kill();
    expect(await landed()).toBeGreaterThanOrEqual(writer.acknowledged + 20);
  });

  it('is held against other processes while it lives, and free as soon as it is dead', async () => {
    const writer = program.start(directory);
    await writer.progress(1);
    expect(await codeOf(NodeStore.open(directory))).toBe('store_in_use');
    const rival = program.start(directory);
    await rival.end();
    expect(rival.acknowledged).toBe(0);
    await writer.kill();
    expect(await landed()).toBeGreaterThanOrEqual(writer.acknowledged);
  });
});
