import { setTimeout as delay } from 'node:timers/promises';
import { call, closeAfterEach, recordEvidence, scaled, TestUser } from '#testing';
import { SeparateRelay } from './separate-relay.js';
import { percentile } from './timings.js';
import { SILENCES, SilentClient } from './silent-clients.js';

/** Of each kind. */
const CLIENTS = scaled({ ci: 80, gate: 700 });
/** No more connect at the same time than a listener's queue holds: whom that does not take in, the relay never meets. */
const AT_ONCE = 240;
const LONGEST_SILENCE_MS = 10_000;
const LONGEST_SIGN_IN_MS = 1_000;
const PAUSE_MS = 50;

const relay = SeparateRelay.duringTests({
  LIMITS: 'loginDevice=100000/1,loginPair=100000/1,loginAddress=100000/1',
});
const closeLater = closeAfterEach();
let ada: TestUser;
beforeAll(async () => {
  ada = await TestUser.register(relay);
});

async function signIn(): Promise<number> {
  const body = { username: ada.username, authKey: ada.authKey, deviceId: ada.deviceId };
  const startedAt = performance.now();
  expect((await call(relay, 'POST', '/v1/auth/login', { body })).status).toBe(200);
  return performance.now() - startedAt;
}

interface Flooding {
  readonly kind: string;
  readonly client: SilentClient;
}

async function flood(): Promise<Flooding[]> {
  const kinds = Object.entries(SILENCES).map(([kind, says]) => ({ kind, says, trickles: false }));
  kinds.push({ kind: 'headers, letter by letter', says: SILENCES['half the headers of a request'], trickles: true });
  const flooding: Flooding[] = [];
  while (flooding.length < CLIENTS * kinds.length) {
    const { kind, ...habit } = kinds[flooding.length % kinds.length]!;
    const from = `127.0.0.${String(2 + (flooding.length % 19))}`;
    const client = closeLater(new SilentClient({ port: relay.process.port, from, ...habit }));
    flooding.push({ kind, client });
    if (flooding.length % AT_ONCE === 0) await Promise.all(flooding.map((one) => one.client.opened));
  }
  await Promise.all(flooding.map(({ client }) => client.opened));
  return flooding;
}

describe('thousands who connect and say nothing (R-08)', () => {
  it('are hung up on within ten seconds, and keep nobody from signing in', async () => {
    const flooding = await flood();
    const signInMs: number[] = [];
    const areLeft = (): boolean => flooding.some(({ client }) => client.closedAfterMs === undefined);
    for (const deadline = performance.now() + 3 * LONGEST_SILENCE_MS; areLeft() && performance.now() < deadline;) {
      signInMs.push(await signIn());
      await delay(PAUSE_MS);
    }
    const signInP95Ms = Math.round(percentile(signInMs, 0.95));
    const longest: Record<string, number> = {};
    for (const { kind, client } of flooding)
      longest[kind] = Math.max(longest[kind] ?? 0, Math.round(client.closedAfterMs ?? Infinity));
    recordEvidence('R-08', { clients: flooding.length, signInP95Ms, ...longest });
    expect(signInP95Ms).toBeLessThanOrEqual(LONGEST_SIGN_IN_MS);
    expect(Object.entries(longest).filter(([, ms]) => ms > LONGEST_SILENCE_MS)).toEqual([]);
  }, 120_000);
});
