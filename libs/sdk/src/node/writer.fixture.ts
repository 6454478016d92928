/** A process of its own that writes batches until it is ended, and says of each when it was acknowledged. */
import { writeSync } from 'node:fs';
import { batchOf, landedBatches } from '../store/numbered-batches.fixture.js';
import { codeOf } from '../store/store-contract.fixture.js';
import { NodeStore } from './node-store.js';

const [, , directory = ''] = process.argv;
const store = await NodeStore.open(directory);
/** At once: what waits in this process dies with it. */
const say = (text: string): void => void writeSync(1, `${text}\n`);

for (let n = Number(await landedBatches(store)) + 1; ; n++) {
  const written = store.write(batchOf(n)).then(() => `${n}`);
  const said = await written.catch(() => codeOf(written));
  say(String(said));
  if (said !== `${n}`) break;
}
say(String(await codeOf(store.write(batchOf(1)))));
