import { MemoryDisk, MemoryStore } from './memory-store.js';
import { storePromises } from './store-contract.fixture.js';

describe('a store in memory', () => {
  it.each(Object.entries(storePromises))('%s', async (_name, holds) => {
    const disk = new MemoryDisk();
    await holds({ open: () => MemoryStore.open(disk) });
  });
});
