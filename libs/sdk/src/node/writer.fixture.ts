/** A process of its own that writes batches until it is ended, and says of each when it was acknowledged. */
import { writeSync } from 'node:fs';
import { batchOf, landedBatches } from '../store/numbered-batches.fixture.js';
import { codeOf } from '../store/store-contract.fixture.js';
import { NodeStore } from './node-store.js';

const [, , directory = ''] = process.argv;
const store = await NodeStore.open(directory);
/** At once: what waits in this process dies with it. */
const say = (text: string | number): void => void writeSync(1, `${text}\n`);
try {
  for (let n = Number(await landedBatches(store)) + 1; ; n++) {
    await store.write(batchOf(n));
    say(n);
  }
} catch (error) {
  say(String(await codeOf(Promise.reject(error))));
  say(String(await codeOf(store.write(batchOf(1)))));
}
