import { setTimeout as delay } from 'node:timers/promises';
import { call, draftOf, recordEvidence, scaled, until } from '#testing';
import type { SeededPerson } from '../load/lib/people.mjs';
import { Crowd } from './crowd.js';
import { SeparateRelay } from './separate-relay.js';

const SOCKETS = scaled({ ci: 2_000, gate: 10_000 });
const HELD_SECONDS = scaled({ ci: 3, gate: 600 });
/** The most members that a conversation may have: a fan-out to more goes to several at once. */
const GROUP = 1_000;
const MOST_KIBIBYTES_EACH = scaled({ ci: 30, gate: 25 });
/** So few sockets would share the young generation's 64 MiB that it would hide what they take: in CI it is smaller. */
const YOUNG_GENERATION = scaled({ ci: ['--max-semi-space-size=16'], gate: [] });
const MOST_SHARE_OF_A_CORE = 0.05;
const LONGEST_FAN_OUT_MS = 2_000;

const relay = SeparateRelay.duringTests({}, YOUNG_GENERATION);
const crowd = Crowd.duringTests();
let groups: { readonly id: string; readonly members: readonly SeededPerson[] }[];
beforeAll(async () => {
  const people = await relay.people(SOCKETS);
  const parts = Array.from({ length: SOCKETS / GROUP }, (_none, n) => people.slice(n * GROUP, (n + 1) * GROUP));
  groups = await Promise.all(parts.map(async (members) => ({ id: await relay.group(members), members })));
});

async function sendTo({ id, members: [sender] }: (typeof groups)[number]): Promise<void> {
  const path = `/v1/conversations/${id}/messages`;
  const { status } = await call(relay, 'POST', path, { token: sender!.token, body: draftOf('to all') });
  expect(status).toBe(201);
}

describe('ten thousand people who are connected and silent (R-06)', () => {
  it('are all held for little memory and time, and hear what is sent to them within two seconds', async () => {
    // What the first of them costs is paid once: code that is compiled, statements that are planned.
    const tokens = groups.flatMap(({ members }) => members.map(({ token }) => token));
    await crowd.tell('open', { url: relay.url, tokens: tokens.slice(0, SOCKETS / 10) });
    await sendTo(groups[0]!);
    await crowd.tell('close', null);
    await until(async () => (await crowd.tell('count', null)).open === 0, 'they are gone again');
    const before = relay.kibibytes;
    const { entries: heardBefore } = await crowd.tell('count', null);

    expect(await crowd.tell('open', { url: relay.url, tokens })).toBe(SOCKETS);
    const cpuBefore = relay.cpuSeconds;
    await delay(HELD_SECONDS * 1_000);
    const shareOfACore = (relay.cpuSeconds - cpuBefore) / HELD_SECONDS;
    const kibibytesEach = (relay.kibibytes - before) / SOCKETS;
    expect((await crowd.tell('count', null)).open).toBe(SOCKETS);

    const startedAt = performance.now();
    await Promise.all(groups.map(sendTo));
    // All but the devices that sent.
    const expected = SOCKETS - groups.length;
    const heard = async (): Promise<number> => (await crowd.tell('count', null)).entries - heardBefore;
    await until(async () => (await heard()) === expected, 'everybody has heard', 20_000);
    const fanOutMs = performance.now() - startedAt;

    const figures = {
      held: SOCKETS,
      seconds: HELD_SECONDS,
      kibibytesEach: Math.round(kibibytesEach * 10) / 10,
      shareOfACore: Math.round(shareOfACore * 1_000) / 1_000,
      fanOutMs: Math.round(fanOutMs),
    };
    recordEvidence('R-06', figures);
    expect(figures.kibibytesEach).toBeLessThanOrEqual(MOST_KIBIBYTES_EACH);
    expect(figures.shareOfACore).toBeLessThanOrEqual(MOST_SHARE_OF_A_CORE);
    expect(figures.fanOutMs).toBeLessThanOrEqual(LONGEST_FAN_OUT_MS);
  }, 900_000);
});
