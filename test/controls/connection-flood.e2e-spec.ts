import { setTimeout as delay } from 'node:timers/promises';
import { call, recordEvidence, scaled, TestUser } from '#testing';
import { quantile } from '../load/lib/figures.mjs';
import { SeparateRelay } from './separate-relay.js';
import { SILENCES, SilentClient } from './silent-clients.js';

/** Of each kind. */
const CLIENTS = scaled({ ci: 80, gate: 2_000 });
const LONGEST_SILENCE_MS = 10_000;
const LONGEST_SIGN_IN_MS = 1_000;
const PAUSE_MS = 50;

const relay = SeparateRelay.duringTests({
  LIMITS: 'loginDevice=100000/1,loginPair=100000/1,loginAddress=100000/1',
});
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

function flood(): { readonly kind: string; readonly client: SilentClient }[] {
  const kinds = Object.entries(SILENCES).map(([kind, says]) => ({ kind, says, trickles: false }));
  kinds.push({ kind: 'headers, letter by letter', says: SILENCES['half the headers of a request'], trickles: true });
  return Array.from({ length: CLIENTS * kinds.length }, (_none, n) => {
    const { kind, ...habit } = kinds[n % kinds.length]!;
    const from = `127.0.0.${String(2 + (n % 19))}`;
    return { kind, client: new SilentClient({ port: relay.process.port, from, ...habit }) };
  });
}

describe('thousands who connect and say nothing (R-08)', () => {
  it('are hung up on within ten seconds, and keep nobody from signing in', async () => {
    const flooding = flood();
    try {
      await Promise.all(flooding.map(({ client }) => client.opened));
      const signInMs: number[] = [];
      const areLeft = (): boolean => flooding.some(({ client }) => client.closedAfterMs === undefined);
      for (const deadline = performance.now() + 3 * LONGEST_SILENCE_MS; areLeft() && performance.now() < deadline;) {
        signInMs.push(await signIn());
        await delay(PAUSE_MS);
      }
      const p95Ms = quantile(
        signInMs.sort((a, b) => a - b),
        0.95,
      )!;
      const longest: Record<string, number> = {};
      for (const { kind, client } of flooding)
        longest[kind] = Math.max(longest[kind] ?? 0, Math.round(client.closedAfterMs ?? Infinity));
      recordEvidence('R-08', { clients: flooding.length, signInP95Ms: Math.round(p95Ms), ...longest });
      expect(p95Ms).toBeLessThanOrEqual(LONGEST_SIGN_IN_MS);
      expect(Object.entries(longest).filter(([, ms]) => ms > LONGEST_SILENCE_MS)).toEqual([]);
    } finally {
      for (const { client } of flooding) client.end();
    }
  }, 120_000);
});
