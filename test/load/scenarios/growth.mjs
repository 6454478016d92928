/**
 * Sending and syncing where few messages are stored and where many are: each size is a relay with a database of its own, and the sizes
 * take turns. What is measured against is the smallest.
 */
import { CHARS } from '../lib/lab.mjs';
import { fillLogs } from '../lib/logs.mjs';
import { PAIRS } from '../lib/traffic.mjs';
import { withClient } from '../lib/with-client.mjs';
import { stormOn } from './storm.mjs';

/** Messages of a conversation, where there are more than those who write need. */
const PER_CONVERSATION = 1_000;

export const growth = {
  defaults: { seconds: 10, sizes: [10_000, 1_000_000, 10_000_000], rate: 1_000, devices: 640, missed: 100 },
  unmatched: () => 'the larger ones are compared with it',

  async run(lab) {
    const { sizes, rate, devices, missed } = lab.flags;
    const send = { load: 'messages', chars: CHARS, rate };
    const stores = [];
    for (const size of sizes) stores.push(await startStore(lab, size));
    await lab.warmUp(stores, { ...send, warmSeconds: 0 });
    const storm = { devices, missed };
    if (lab.flags.warmUp > 0) for (const store of stores) await stormOn(lab, store, storm);
    await lab.rounds(async () => {
      await inTurns(lab, 'send', stores, (store) => lab.generate(store, send));
      await inTurns(lab, 'sync', stores, (store) => stormOn(lab, store, storm));
    });
  },
};

async function startStore(lab, size) {
  const conversations = Math.max(PAIRS, Math.ceil(size / PER_CONVERSATION));
  const store = await lab.startRelay({ name: `stored_${size}`, people: 2 * conversations });
  const each = Math.ceil(size / conversations);
  console.error(`Storing ${each * conversations} messages …`);
  await withClient(store.ownerUrl, (client) => fillLogs(client, { people: store.people, each, chars: CHARS }));
  return { ...store, people: store.people.slice(0, 2 * PAIRS), stored: `${size.toLocaleString('en')} stored` };
}

async function inTurns(lab, what, stores, measure) {
  const [smallest] = stores;
  let least;
  for (const store of stores) {
    const figures = await measure(store);
    const load = `${what}, ${store.stored}`;
    lab.record('sealpost', load, figures);
    if (store === smallest) least = figures;
    else lab.results.push({ load, server: smallest.stored, figures: least });
  }
}
