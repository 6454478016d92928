#!/usr/bin/env node
/**
 * Loads one server and prints one JSON line. Run by bench.mjs, in a process and on a core of its own.
 *
 *   max    closed loop: `inflight` messages outstanding over `pairs` senders and recipients
 *   rate   open loop: `rate` messages a second, latency from the time a message was due
 *   idle   opens `connections` sockets and holds them: memory of the server for each
 *   connect  opens as many: how many a second
 *
 * A message counts when both its acknowledgement and its push have come.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { quantile, rounded } from './lib/figures.mjs';
import { payload } from './lib/payload.mjs';
import { cpuSeconds, residentKiB } from './lib/proc.mjs';

const options = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const adapter = await import(`./adapters/${options.adapter}.mjs`);
const print = (figures) => process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
const scenarios = { idle, connect: connects, max: messages, rate: messages };
print(await scenarios[options.mode]());

async function idle() {
  const before = await keptKiB();
  await openAll();
  return { kibPerSocket: rounded(((await keptKiB()) - before) / options.connections) };
}

/** What the server has in memory once it has given back what it can do without. */
async function keptKiB() {
  await sleep(2000);
  process.kill(options.serverPid, 'SIGUSR2');
  await sleep(2000);
  return residentKiB(options.serverPid);
}

async function connects() {
  const meter = startMeter();
  await openAll();
  const use = meter();
  return {
    perSecond: rounded(options.connections / use.seconds),
    cpuMicros: rounded((use.cpu / options.connections) * 1e6),
    serverMicros: rounded((use.serverCpu / options.connections) * 1e6),
  };
}

function openAll() {
  return inParallel(options.connections, 40, (index) => adapter.idle(options, index));
}

async function messages() {
  const CAPACITY = 1 << 22;
  const DONE = adapter.acknowledgesOnly ? 1 : 3;
  const dueAt = new Float64Array(CAPACITY);
  const state = new Uint8Array(CAPACITY);
  const pairOf = new Uint16Array(CAPACITY);
  const senders = [];
  const latencies = [];
  const measured = { from: Infinity, to: -Infinity, done: 0, errors: 0 };
  let next = 1;
  let stopped = false;

  const send = (pair, due = performance.now()) => {
    const number = next++;
    dueAt[number] = due;
    pairOf[number] = pair;
    senders[pair](number, payload(number, options.chars));
  };
  const mark = (number, bit) => {
    if (!(number > 0 && number < next) || state[number] & bit) return;
    state[number] |= bit;
    const now = performance.now();
    const isMeasured = dueAt[number] >= measured.from && dueAt[number] < measured.to;
    if (bit === (DONE & 2 || 1) && isMeasured) latencies.push(now - dueAt[number]);
    if (state[number] !== DONE) return;
    if (now >= measured.from && now < measured.to) measured.done++;
    if (options.mode === 'max' && !stopped) send(pairOf[number]);
  };
  const onError = (number, reason) => {
    if (measured.errors++ === 0) console.error('refused:', reason);
    state[number] = 4;
    if (options.mode === 'max' && !stopped) setTimeout(() => send(pairOf[number]), 5);
  };

  await inParallel(options.pairs, 16, async (pair) => {
    if (!adapter.acknowledgesOnly) await adapter.receiver(options, pair, (number) => mark(number, 2));
    senders[pair] = await adapter.sender(options, pair, { onAck: (number) => mark(number, 1), onError });
  });
  await sleep(500);
  const use = options.mode === 'max' ? await saturate() : await keepRate();
  stopped = true;
  const lost = await waitForTheRest();
  latencies.sort((a, b) => a - b);
  return {
    perSecond: rounded(measured.done / use.seconds),
    p50: rounded(quantile(latencies, 0.5)),
    p99: rounded(quantile(latencies, 0.99)),
    cpuMicros: rounded((use.cpu / measured.done) * 1e6),
    serverMicros: rounded((use.serverCpu / measured.done) * 1e6),
    errors: measured.errors,
    lost,
  };

  async function saturate() {
    for (let i = 0; i < options.inflight; i++) send(i % options.pairs);
    await sleep(options.warmSeconds * 1000);
    const meter = startMeter();
    measured.from = performance.now();
    measured.to = Infinity;
    await sleep(options.seconds * 1000);
    measured.to = performance.now();
    return meter();
  }

  async function keepRate() {
    const gapMs = 1000 / options.rate;
    const warm = Math.round(options.warmSeconds * options.rate);
    const total = warm + Math.round(options.seconds * options.rate);
    const startMs = performance.now();
    measured.from = startMs + warm * gapMs - 1e-6;
    // Whatever comes late still counts for the message that was due in time.
    measured.to = Infinity;
    let meter;
    for (let sent = 0; sent < total;) {
      while (sent < total && startMs + sent * gapMs <= performance.now()) {
        if (sent === warm) meter = startMeter();
        send(sent % options.pairs, startMs + sent * gapMs);
        sent++;
      }
      // Spinning: the generator has a core of its own, and a timer would be a millisecond late.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return meter();
  }

  async function waitForTheRest() {
    const open = () => state.subarray(1, next).reduce((sum, bits) => sum + (bits !== DONE && bits !== 4 ? 1 : 0), 0);
    for (let tries = 0; tries < 50 && open() > 0; tries++) await sleep(100);
    return open();
  }
}

function startMeter() {
  const both = [options.serverPid, options.databasePid];
  const start = { at: performance.now(), cpu: cpuSeconds(both), server: cpuSeconds([options.serverPid]) };
  return () => ({
    seconds: (performance.now() - start.at) / 1000,
    cpu: cpuSeconds(both) - start.cpu,
    serverCpu: cpuSeconds([options.serverPid]) - start.server,
  });
}

async function inParallel(count, width, work) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
}
