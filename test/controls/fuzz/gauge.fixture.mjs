/**
 * Loaded into a relay before its own code (`node --import`). Asked by SIGUSR2, it says on standard error how much memory the
 * process takes once all that it can do without has been given back, and for how long its event loop stood still at most
 * since it was asked last.
 */
import { readFileSync } from 'node:fs';
import { giveMemoryBack } from '../../load/lib/give-memory-back.mjs';

const EVERY_MS = 10;

let worstStallMs = 0;
let last = now();

setInterval(() => {
  const current = now();
  worstStallMs = Math.max(worstStallMs, current.atMs - last.atMs - EVERY_MS - (current.waitedMs - last.waitedMs));
  last = current;
}, EVERY_MS).unref();

process.on('SIGUSR2', async () => {
  const stallMs = worstStallMs;
  await giveMemoryBack();
  const { rss: rssBytes, heapUsed: heapBytes } = process.memoryUsage();
  process.stderr.write(`${JSON.stringify({ gauge: { rssBytes, heapBytes, stallMs } })}\n`);
  // What the asking itself took does not count.
  last = now();
  worstStallMs = 0;
});

/** The time, and for how much of it the main thread could have run but found no free processor: not its own doing. */
function now() {
  return { atMs: performance.now(), waitedMs: waitedMs() };
}

function waitedMs() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
