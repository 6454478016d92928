/**
 * `devices` that were away come back all at once: each opens a socket and syncs until it has all that was written meanwhile, as the
 * SDK does. `after` says for each conversation how far its members had read, and `missed` how many messages have come since.
 */
import { Agent } from 'node:http';
import { rounded, quantile } from '../lib/figures.mjs';
import { postJson } from '../lib/http.mjs';
import { inParallel } from '../lib/in-parallel.mjs';
import { startMeter } from '../lib/meter.mjs';
import { connect } from '../lib/socket-io.mjs';

export async function load(options) {
  const { devices, missed } = options;
  const doneAfterMs = [];
  let errors = 0;
  const meter = startMeter(options);
  const startMs = performance.now();
  await inParallel(devices, devices, async (index) => {
    try {
      const caughtUp = await comeBack(options, index);
      if (caughtUp !== missed) throw new Error(`has ${caughtUp} messages instead of ${missed}`);
      doneAfterMs.push(performance.now() - startMs);
    } catch (error) {
      if (errors++ === 0) console.error('a device:', error.message);
    }
  });
  const use = meter();
  const messages = Math.max(doneAfterMs.length * missed, 1);
  doneAfterMs.sort((a, b) => a - b);
  return {
    seconds: rounded(use.seconds),
    p50: rounded(quantile(doneAfterMs, 0.5)),
    perSecond: rounded(messages / use.seconds),
    cpuMicros: rounded((use.cpu / messages) * 1e6),
    serverMicros: rounded((use.serverCpu / messages) * 1e6),
    errors,
  };
}

/** @returns how many messages have come, none of them twice or out of order. */
async function comeBack({ url, people, after, incarnation }, index) {
  const { token, conversationId } = people[index % people.length];
  await connect(url, { token });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const start = after[conversationId];
  let position = { incarnation, revision: 0, cursors: { [conversationId]: start } };
  for (let isBehind = true; isBehind;) {
    const reply = await postJson(url, { path: '/v1/sync', token, agent, body: position });
    position = { incarnation, revision: reply.revision, cursors: { ...position.cursors } };
    for (const one of reply.conversations) store(position.cursors, one);
    isBehind = reply.more;
  }
  agent.destroy();
  return position.cursors[conversationId] - start;
}

/** @throws {Error} when there is a hole in the log, or something that was there already. */
function store(cursors, { conversationId, items }) {
  for (const { seq, ciphertext } of items) {
    if (seq !== cursors[conversationId] + 1 || ciphertext === undefined)
      throw new Error(`got ${seq} after ${cursors[conversationId]}`);
    cursors[conversationId] = seq;
  }
}
