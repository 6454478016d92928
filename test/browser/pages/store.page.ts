import { sortableNumber, type Store } from '#sdk';
import { IndexedDbStore, keepStorage } from '#sdk/browser';
import { fillLargeStore, startOnLargeStore } from '../../../libs/sdk/src/store/large-store.fixture.js';
import { batchOf, landedBatches } from '../../../libs/sdk/src/store/numbered-batches.fixture.js';
import { codeOf, storePromises } from '../../../libs/sdk/src/store/store-contract.fixture.js';
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

/** So many times the 64 KiB of randomness that there are at once. */
function incompressible(times: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(times * 65_536);
  for (let n = 0; n < times; n++) crypto.getRandomValues(bytes.subarray(n * 65_536, (n + 1) * 65_536));
  return bytes;
}

let full: Store | undefined;

/** Writes a mebibyte at a time, at most so often, and says how that ended and whether something is half. */
async function fill({ atMost }: { readonly atMost: number }) {
  full ??= await IndexedDbStore.open('full');
  for (let written = 0; ; written++) {
    const version = ((await full.get('groups', 'g'))?.version ?? 0) + 1;
    const puts = [
      { table: 'groups', key: 'g', version, value: incompressible(1) },
      { table: 'messages', key: sortableNumber(version), version: 1, value: incompressible(16) },
    ] as const;
    const code = written === atMost ? 'none' : await codeOf(full.write({ put: puts }));
    if (code !== 'not refused') return { written, code, isWhole: (await full.scan('messages')).length === version - 1 };
  }
}

offer({
  fill,
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
