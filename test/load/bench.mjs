#!/usr/bin/env node
/**
 * Measures the relay beside a hand-written Socket.IO server on the same PostgreSQL, in turns, and prints the figures and
 * their ratios. Server and database run on one core, the generator on another.
 *
 *   npm run bench [-- --rounds 3 --seconds 5 --only rates,max,http,idle,connects]
 *
 * The reference server lives outside this repository (`--reference DIR`, by default ../shared/bench); without it, only the
 * relay is measured. `--against DIR` takes the built relay of another checkout in its place, `--push` this one without wake-ups:
 * then everybody has a device that is connected and one that is woken.
 */
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NODE_FLAGS } from '../../scripts/node-flags.mjs';
import { median, rounded } from './lib/figures.mjs';
import { generate, PAIRS, SERVER_CORE } from './lib/generate.mjs';
import { freePort, Installation, KID, said } from './lib/installation.mjs';
import { seedPeople } from './lib/people.mjs';
import { pin } from './lib/proc.mjs';
import { registerForPush, startPushService } from './lib/push.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    only: { type: 'string', default: 'rates,max,http,idle,connects' },
    reference: { type: 'string', default: join(root, '../shared/bench') },
    connections: { type: 'string', default: '5000' },
    against: { type: 'string' },
    push: { type: 'boolean', default: false },
    'node-flags': { type: 'string', default: NODE_FLAGS.join(' ') },
    profile: { type: 'boolean', default: false },
  },
});
const wanted = new Set(flags.only.split(','));
const memoryOnSignal = `--import=${join(here, 'lib/memory-on-signal.fixture.mjs')}`;
const nodeFlags = [...flags['node-flags'].split(' ').filter(Boolean), ...(wanted.has('idle') ? [memoryOnSignal] : [])];
const CHARS = 1024;
const WARM_UP_SECONDS = 5;

const installation = await Installation.make();
const { directory, database } = installation;
const pushService = flags.push ? await startPushService() : undefined;
try {
  const servers = [await startRelay({ name: 'sealpost', checkout: root, pushService }), ...(await startYardstick())];
  if (servers.length === 1)
    console.log('The reference server is not there: the relay is measured alone, without ratios.');
  pin([database.pid, ...servers.map(({ pid }) => pid)], SERVER_CORE);
  report(servers, await measureAll(servers));
  if (pushService !== undefined) console.log(`${pushService.taken} wake-ups.`);
} finally {
  pushService?.stop();
  await installation.remove();
}

/** Every scenario, the servers taking turns, the rates before the saturation. */
async function measureAll(servers) {
  const results = [];
  const messages = { pairs: PAIRS, chars: CHARS, inflight: 256, seconds: Number(flags.seconds), warmSeconds: 2 };
  const measure = async (server, scenario, options) => {
    const figures = await generate(installation, server, options);
    results.push({ server: server.name, scenario, ...figures });
    console.log(JSON.stringify(results.at(-1)));
  };
  // Compiled code, planned statements and warm caches are the steady state, for every server alike.
  for (const server of servers)
    await generate(installation, server, { ...messages, mode: 'max', warmSeconds: 0, seconds: WARM_UP_SECONDS });
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const server of servers) {
      if (wanted.has('rates')) {
        await measure(server, '200/s', { ...messages, mode: 'rate', rate: 200 });
        await measure(server, '1000/s', { ...messages, mode: 'rate', rate: 1000 });
      }
      if (wanted.has('max')) await measure(server, 'saturation', { ...messages, mode: 'max' });
    }
    const relays = servers.filter(({ adapter }) => adapter === 'sealpost');
    if (wanted.has('http'))
      for (const relay of relays)
        await measure({ ...relay, adapter: 'sealpost-http' }, 'http', { ...messages, mode: 'max', inflight: 128 });
  }
  const connections = Number(flags.connections);
  if (wanted.has('idle')) for (const server of servers) await measure(server, 'idle', { mode: 'idle', connections });
  if (wanted.has('connects'))
    for (let round = 0; round < Number(flags.rounds); round++)
      for (const server of servers) await measure(server, 'connects', { mode: 'connect', connections });
  return results;
}

/** What the relay is measured against: itself without wake-ups, another build of it, the reference, or nothing. */
async function startYardstick() {
  if (flags.push) return [await startRelay({ name: 'unwoken', checkout: root })];
  if (flags.against !== undefined) return [await startRelay({ name: 'previous', checkout: resolve(flags.against) })];
  return existsSync(flags.reference) ? [await startReference()] : [];
}

/** The built relay of a checkout, and people who are signed in there; with a push service, of those who write all devices are woken. */
async function startRelay({ name, checkout, pushService }) {
  const profile = flags.profile ? ['--cpu-prof', '--cpu-prof-dir=profiles'] : [];
  const environment = environmentFor(pushService);
  const relay = await installation.startRelay({ name, checkout, environment, nodeFlags: [...nodeFlags, ...profile] });
  const { url, pid, ownerUrl, secret } = relay;
  const people = await seedPeople(ownerUrl, { count: Number(flags.connections), kid: KID, secret });
  if (pushService !== undefined) await registerForPush(ownerUrl, people.slice(0, 2 * PAIRS), pushService.origin);
  return { name, adapter: 'sealpost', url, pid, people };
}

function environmentFor(pushService) {
  if (pushService !== undefined) return { PUSH_ALLOWED_ORIGINS: pushService.origin };
  return flags.push ? { PUSH: 'off' } : {};
}

/** The reference is copied, since its folder may be read-only and brings no packages. */
async function startReference() {
  const port = await freePort();
  const copy = join(directory, 'reference');
  cpSync(join(flags.reference, 'reference'), copy, { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  const [ownerUrl] = await installation.createDatabase('reference');
  const env = { PATH: process.env.PATH, PORT: String(port), DATABASE_URL: ownerUrl, TRANSPORT: 'sio' };
  const child = installation.start([...nodeFlags, join(copy, 'server.mjs')], { env });
  await said(child, 'ready');
  return { name: 'reference', adapter: 'reference', url: `http://127.0.0.1:${port}`, pid: child.pid };
}

/** Medians over the rounds, and each figure's ratio to the reference. */
function report(servers, results) {
  const rows = [];
  for (const scenario of new Set(results.map((result) => result.scenario))) {
    const figuresOf = (server) => {
      const mine = results.filter((result) => result.scenario === scenario && result.server === server.name);
      const keys = Object.keys(mine[0] ?? {}).filter((key) => !['server', 'scenario'].includes(key));
      return Object.fromEntries(keys.map((key) => [key, median(mine.map((result) => result[key]))]));
    };
    const [relay, other] = servers.map(figuresOf);
    for (const key of Object.keys(relay)) {
      const yardstick = other?.[key];
      const ratio = yardstick ? rounded(relay[key] / yardstick) : undefined;
      rows.push({ scenario, figure: key, relay: relay[key], [servers[1]?.name ?? 'nothing']: yardstick, ratio });
    }
  }
  console.table(rows);
}
