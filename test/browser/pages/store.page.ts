import type { Store } from '#sdk';
import { IndexedDbStore, keepStorage } from '#sdk/browser';
import { fillLargeStore, startOnLargeStore } from '../../../libs/sdk/src/store/large-store.fixture.js';
import { batchOf, landedBatches } from '../../../libs/sdk/src/store/numbered-batches.fixture.js';
import { storePromises } from '../../../libs/sdk/src/store/store-contract.fixture.js';
import { offer } from './offer.js';
import { twoTabs } from './two-tabs.js';
import { writeOrder } from './write-order.js';

/** All that a promise opens is one place, which no other promise sees. */
async function keepsPromise(name: string): Promise<void> {
  const holds = storePromises[name];
  if (holds === undefined) throw new Error(`nobody promises that a store ${name}`);
  const opened: Store[] = [];
  const open = async (): Promise<Store> => {
    const store = await IndexedDbStore.open(`promise: ${name}`);
    opened.push(store);
    return store;
  };
  try {
    await holds({ open });
  } finally {
    for (const store of opened) await store.close();
  }
}

let acknowledged = 0;

async function writeForEver(): Promise<never> {
  const store = await IndexedDbStore.open('killed');
  for (let n = Number(await landedBatches(store)) + 1; ; n++) {
    await store.write(batchOf(n));
    acknowledged = n;
  }
}

async function landed(): Promise<number | string> {
  const store = await IndexedDbStore.open('killed');
  const batches = await landedBatches(store);
  await store.close();
  return batches;
}

offer({
  ...writeOrder,
  ...twoTabs,
  keepsPromise,
  writeForEver: () => void writeForEver(),
  acknowledged: () => acknowledged,
  landed,
  fillLargeStore: async () => fillLargeStore(await IndexedDbStore.open('large')),
  startOnLargeStore: () => startOnLargeStore(() => IndexedDbStore.open('large')),
  keepStorage,
});
