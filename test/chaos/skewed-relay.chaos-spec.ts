import { call, createTestDatabase, recordEvidence, scaled, Seeded, type TestDatabase, TestUser, until } from '#testing';
import { Follower } from '../e2e/follower.js';
import { groupOf } from '../e2e/sending.js';
import { BuiltRelay } from './built-relay.js';
import { FakedClock } from './faked-clock.js';
import { Load } from './load.js';

/** Acknowledgements with each setting of the clock, at least. */
const PROGRESS = scaled({ ci: 200, gate: 3_000 });
/** Ten minutes ahead when it is started, then ten minutes late, and then an hour back from that. */
const OFFSETS = ['+10m', '-10m', '-70m'] as const;
const MINUTE_MS = 60_000;
const PATIENCE_MS = 30_000;

jest.setTimeout(scaled({ ci: 120_000, gate: 600_000 }));

const clock = new FakedClock(OFFSETS[0]);
let database: TestDatabase;
let [here, there]: [BuiltRelay, BuiltRelay] = [] as never;
beforeAll(async () => {
  database = await createTestDatabase();
  [here, there] = await BuiltRelay.pairOn(database, clock.environment);
}, 120_000);
afterAll(async () => {
  await here.remove();
  await there.remove();
  await database.drop();
  clock.remove();
});

/** By what each says in its answers. */
async function minutesApart(): Promise<number> {
  const [right = 0, wrong = 0] = await Promise.all(
    [here, there].map(async (relay) =>
      Date.parse((await call(relay, 'GET', '/health/live')).headers.get('date') ?? ''),
    ),
  );
  return Math.round((wrong - right) / MINUTE_MS);
}

/** People who write at both relays to one group, over HTTP and over sockets. */
async function writeAtBoth(random: Seeded): Promise<{ loads: Load[]; readers: TestUser[]; conversationId: string }> {
  const [ada, bob] = [await TestUser.register(here), await TestUser.register(here)];
  const [cleo, dan] = [await TestUser.register(there), await TestUser.register(there)];
  const readers = [await TestUser.register(here), await TestUser.register(there)];
  const conversationId = await groupOf(ada, [bob, cleo, dan, ...readers]);
  const first = new Load(here.url, Seeded.of(random.between(0, 2 ** 31)));
  const loads = [first, new Load(there.url, Seeded.of(random.between(0, 2 ** 31)), first.history)];
  for (const [load, onSocket, overHttp] of [
    [loads[0]!, ada, bob],
    [loads[1]!, cleo, dan],
  ] as const) {
    load.overSocket({ user: onSocket, conversationId });
    load.overHttp({ user: overHttp, conversationId });
  }
  return { loads, readers, conversationId };
}

test('two relays of which one has a wrong clock, and sets it while messages are written, lose, double and reorder nothing (R-11)', async () => {
  const { loads, readers, conversationId } = await writeAtBoth(Seeded.announced('skewed-relay'));
  const followers = [await Follower.follow(here.url, readers[0]!), await Follower.follow(there.url, readers[1]!)];
  const [{ history }] = loads as [Load, Load];
  const apart: number[] = [];
  try {
    for (const offset of OFFSETS) {
      clock.set(offset);
      await until(async () => (await minutesApart()) === parseInt(offset), `the clock is ${offset}`);
      apart.push(await minutesApart());
      await Promise.all(loads.map((load) => load.progress(PROGRESS)));
    }
    await Promise.all(loads.map((load) => load.finish()));
    const { items } = await readers[0]!.syncAll();
    expect(history.violations(items)).toEqual([]);
    const ids = items[conversationId]!.map(({ id }) => id);
    for (const follower of followers) {
      const heard = (): string[] => follower.logOf(conversationId).map(({ id }) => id);
      await until(() => heard().length >= ids.length, 'a device has heard all', PATIENCE_MS);
      expect(heard()).toEqual(ids);
    }
    expect(loads.map(({ failures, disconnects }) => ({ failures, disconnects }))).toEqual([
      { failures: {}, disconnects: 0 },
      { failures: {}, disconnects: 0 },
    ]);
    recordEvidence('R-11', { minutesApart: apart.join(', '), acknowledged: ids.length });
  } finally {
    for (const follower of followers) follower.close();
    await Promise.all(loads.map((load) => load.abandon()));
  }
});
