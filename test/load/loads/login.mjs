/** People who sign in on a device that their account has, `inflight` at a time, for `seconds`. They register first, unmeasured. */
import { randomBytes } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { rounded, quantile } from '../lib/figures.mjs';
import { postJson } from '../lib/http.mjs';
import { inParallel } from '../lib/in-parallel.mjs';
import { startMeter } from '../lib/meter.mjs';

export async function load(options) {
  const { url, accounts, inflight, warmSeconds, seconds } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: inflight });
  const people = [];
  await inParallel(accounts, 4, async () => people.push(await register(url, agent)));
  const latencies = [];
  const run = { stopped: false, isMeasured: false, errors: 0, turn: 0 };
  const signingIn = Array.from({ length: inflight }, async () => {
    while (!run.stopped) await signIn({ url, agent, person: people[run.turn++ % accounts] }, run, latencies);
  });
  await sleep(warmSeconds * 1000);
  const meter = startMeter(options);
  run.isMeasured = true;
  await sleep(seconds * 1000);
  const use = meter();
  run.isMeasured = false;
  run.stopped = true;
  await Promise.all(signingIn);
  const count = Math.max(latencies.length, 1);
  latencies.sort((a, b) => a - b);
  return {
    perSecond: rounded(latencies.length / use.seconds),
    p50: rounded(quantile(latencies, 0.5)),
    p99: rounded(quantile(latencies, 0.99)),
    cpuMicros: rounded((use.cpu / count) * 1e6),
    serverMicros: rounded((use.serverCpu / count) * 1e6),
    errors: run.errors,
  };
}

async function signIn({ url, agent, person }, run, latencies) {
  const startMs = performance.now();
  try {
    await postJson(url, { path: '/v1/auth/login', agent, body: person });
    if (run.isMeasured) latencies.push(performance.now() - startMs);
  } catch (error) {
    if (run.errors++ === 0) console.error('refused:', error.message);
    await sleep(20);
  }
}

/** @returns what somebody signs in with from now on. */
async function register(url, agent) {
  const username = `load.${randomBytes(8).toString('hex')}`;
  const authKey = randomBytes(32).toString('base64url');
  const kdf = await (await fetch(`${url}/v1/auth/kdf?username=${username}`)).json();
  const body = { username, authKey, kdf, device: { name: 'load' } };
  const { device } = await postJson(url, { path: '/v1/auth/register', agent, body, expected: 201 });
  return { username, authKey, deviceId: device.id };
}
