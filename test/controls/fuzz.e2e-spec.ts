import { draftOf, pair, recordEvidence, scaled, Seeded, until } from '#testing';
import { FuzzedRelay } from './fuzz/fuzzed-relay.js';
import { fuzzHttp } from './fuzz/http-fuzz.js';
import { ROUTES } from './fuzz/http-inputs.js';
import { fuzzSockets } from './fuzz/socket-fuzz.js';
import { EVENTS } from './fuzz/socket-inputs.js';
import { Tally } from './fuzz/tally.js';
import { World } from './fuzz/world.js';

const INPUTS = scaled({ ci: 7_000, gate: 50_000 });
/** Until caches, compiled code and pools of memory have the size that they then keep. */
const WARM_UP = 3_000;
const RSS_BYTES = 50 * 1024 * 1024;
/** In CI other tests share the processors, which says nothing of the relay. */
const P99_MS = scaled({ ci: 3_000, gate: 500 });
const STALL_MS = scaled({ ci: 1_000, gate: 200 });

jest.setTimeout(1_800_000);

const relay = FuzzedRelay.duringTests();
let world: World;
beforeAll(async () => {
  world = await World.make(relay);
});

type Fuzz = typeof fuzzHttp;

/** Counts all inputs, and judges what the relay's process did meanwhile. */
async function runs(name: string, fuzz: Fuzz): Promise<Tally> {
  const random = Seeded.announced(`fuzz over ${name}`);
  const [warmUp, tally] = [new Tally(), new Tally()];
  await fuzz(world, WARM_UP, { random, tally: warmUp });
  const before = await relay.gauge();
  await fuzz(world, INPUTS, { random, tally });
  const after = await relay.gauge();
  const grownBytes = after.rssBytes - before.rssBytes;
  const figures = {
    ...tally.figures,
    grownMiB: Math.round(grownBytes / 1024 ** 2),
    grownHeapMiB: Math.round((after.heapBytes - before.heapBytes) / 1024 ** 2),
    stallMs: Math.round(after.stallMs),
  };
  recordEvidence('R-12', { over: name, ...figures });
  process.stderr.write(`fuzz over ${name}: ${JSON.stringify(figures)}\n${tally.toString()}\n`);
  expect([...warmUp.faults, ...tally.faults].slice(0, 10)).toEqual([]);
  expect(relay.complaints).toEqual([]);
  expect(relay.isRunning).toBe(true);
  expect(grownBytes).toBeLessThan(RSS_BYTES);
  expect(after.stallMs).toBeLessThan(STALL_MS);
  expect(tally.p99Ms).toBeLessThan(P99_MS);
  expect(tally.inputs).toBeGreaterThanOrEqual(INPUTS);
  return tally;
}

describe('inputs of every kind find no fault, and cost neither memory nor time (R-12)', () => {
  it('over HTTP, of which enough are accepted by every route', async () => {
    const tally = await runs('HTTP', fuzzHttp);
    const routes = ROUTES.map(({ operation }) => operation.operationId);
    expect(routes.filter((route) => tally.acceptedBy(route) < 3)).toEqual([]);
    expect(tally.accepted / tally.inputs).toBeGreaterThan(0.3);
  });

  it('over sockets, of which enough are accepted as each event', async () => {
    const tally = await runs('sockets', fuzzSockets);
    expect(EVENTS.map(({ event }) => event).filter((event) => tally.acceptedBy(event) < INPUTS / 50)).toEqual([]);
    expect(tally.accepted / tally.inputs).toBeGreaterThan(0.3);
  });

  it('after which the relay does its main job as before', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const socket = await bob.socket();
    const draft = draftOf('after all that');
    expect((await ada.send(conversationId, 'after all that', draft)).status).toBe(201);
    await until(() => socket.payloads<{ id: string }>('entry').some(({ id }) => id === draft.id), 'bob hears of it');
    socket.close();
    const { items } = await bob.syncAll();
    expect(items[conversationId]).toMatchObject([{ seq: 1, id: draft.id, ciphertext: draft.ciphertext }]);
  });
});
