/**
 * Messages, in an open loop of `rate` a second, timed from when a message was due, or in a closed one with `inflight` on their way.
 * A message counts when its acknowledgement and the pushes to all others in its conversation have come.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Exchange } from '../lib/exchange.mjs';
import { startMeter } from '../lib/meter.mjs';

export async function load(options, adapter) {
  const exchange = new Exchange(options, adapter);
  await exchange.open();
  await sleep(500);
  const use = options.rate === undefined ? await saturate(exchange, options) : await keepRate(exchange, options);
  await exchange.end();
  return exchange.figures(use);
}

async function saturate(exchange, options) {
  exchange.sendsOn = true;
  for (let i = 0; i < options.inflight; i++) exchange.send();
  await sleep(options.warmSeconds * 1000);
  const meter = startMeter(options);
  exchange.from = performance.now();
  await sleep(options.seconds * 1000);
  exchange.to = performance.now();
  return meter();
}

async function keepRate(exchange, options) {
  const gapMs = 1000 / options.rate;
  const warm = Math.round(options.warmSeconds * options.rate);
  const total = warm + Math.round(options.seconds * options.rate);
  const startMs = performance.now();
  // Whatever comes late still counts for the message that was due in time.
  exchange.from = startMs + warm * gapMs - 1e-6;
  let meter;
  for (let sent = 0; sent < total;) {
    while (sent < total && startMs + sent * gapMs <= performance.now()) {
      if (sent === warm) meter = startMeter(options);
      exchange.send(startMs + sent * gapMs);
      sent++;
    }
    // Spinning: the generator has a core of its own, and a timer would be a millisecond late.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return meter();
}
