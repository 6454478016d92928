import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillLargeStore, startOnLargeStore } from '../store/large-store.fixture.js';
import { codeOf, row, storePromises } from '../store/store-contract.fixture.js';
import { NodeStore } from './node-store.js';

describe('a store in a folder', () => {
  let root: string;
  let directory: string;
  let opened: NodeStore[];

  const open = async (): Promise<NodeStore> => {
    const store = await NodeStore.open(directory);
    opened.push(store);
    return store;
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'sealpost-store-'));
    directory = join(root, 'of', 'a-device');
    opened = [];
  });

  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await rm(root, { recursive: true });
  });

  it.each(Object.entries(storePromises))('%s', async (_name, holds) => {
    await holds({ open });
  });

  it('is for its owner only', async () => {
    await open();
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
  });

  it('says that it failed where no folder can be', async () => {
    expect(await codeOf(NodeStore.open(join(__filename, 'inside-a-file')))).toBe('store_failed');
  });

  it('starts within a second on 10,000 messages in 100 conversations', async () => {
    await fillLargeStore(await open());
    const start = await startOnLargeStore(open);
    expect(start).toMatchObject({ conversations: 100, newest: 50, messages: 10_000 });
    expect(start.startMs).toBeLessThan(1_000);
  });

  it('is whole when it is closed with batches on their way', async () => {
    const store = await open();
    const batches = Array.from({ length: 50 }, (_, n) =>
      store.write({ put: [row('messages', `${n}`, 1, 'x'), row('outbox', `${n}`, 1, 'x')] }),
    );
    await store.close();
    const landed = (await Promise.allSettled(batches)).filter(({ status }) => status === 'fulfilled');
    const again = await open();
    expect(await again.scan('messages')).toHaveLength(landed.length);
    expect(await again.scan('outbox')).toHaveLength(landed.length);
  });
});
