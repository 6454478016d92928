import { recordEvidence, type Reply, scaled, TestRelay, TestSocket, TestUser } from '#testing';
import { PROMPTLY } from '../e2e/promptly.js';
import { refresh, renew } from '../e2e/renewal.js';

const AT_ONCE = 50;
const ROUNDS = scaled({ ci: 3, gate: 20 });

jest.setTimeout(180_000);

const here = TestRelay.duringTests();
const there = TestRelay.duringTests({ beside: here });

/** Many refreshes of one token at once, by turns at either relay. */
function refreshAtOnce(refreshToken: string): Promise<Reply[]> {
  return Promise.all(
    Array.from({ length: AT_ONCE }, (_none, index) => refresh(index % 2 === 0 ? here : there, refreshToken)),
  );
}

const tokensOf = (replies: readonly Reply[]): Set<unknown> => new Set(replies.map(({ body }) => body.refreshToken));

async function liveTokens({ signedIn }: TestUser): Promise<number> {
  const sql = `SELECT 1 FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
               WHERE s.id = $1 AND t.used_at IS NULL AND s.revoked_at IS NULL`;
  return (await here.query(sql, [signedIn.sessionId])).length;
}

describe('one refresh token at two relays', () => {
  it('presented fifty times at once has one live successor, the same for all, and nothing is revoked (C-13)', async () => {
    const user = await TestUser.register(here);
    for (let round = 0; round < ROUNDS; round++) {
      const replies = await refreshAtOnce(user.signedIn.refreshToken);
      expect([new Set(replies.map(({ status }) => status)), tokensOf(replies).size]).toEqual([new Set([200]), 1]);
      expect(await liveTokens(user)).toBe(1);
      user.signedIn = { ...user.signedIn, ...replies[0]!.body };
    }
    expect((await user.request('GET', '/auth/me')).status).toBe(200);
    recordEvidence('C-13', { parallel: AT_ONCE, rounds: ROUNDS, successors: 1, spuriousRevocations: 0 });
  });

  it('presented again at the other relay gives the successor until it was used, also when both happen at once (C-13)', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const user = await TestUser.register(here);
      const old = user.signedIn.refreshToken;
      const { body } = await refresh(here, old);
      const [used, again] = await Promise.all([refresh(here, body.refreshToken), refresh(there, old)]);
      // Whichever came first: the old token gives its unused successor, or ends the session.
      if (again.status === 200) expect(again.body.refreshToken).toBe(body.refreshToken);
      else expect([used.status, again.body.code, await liveTokens(user)]).toEqual([200, 'refresh_token_reused', 0]);
    }
  });

  it('used again after its successor ends the family on both, sockets within a second, and is noted in the log (C-12)', async () => {
    const [user, bystander] = [await TestUser.register(here), await TestUser.register(here)];
    const stolen = user.signedIn.refreshToken;
    await renew(here, user);
    await renew(there, user);
    const sockets = await Promise.all([here, there].map(({ url }) => TestSocket.connect(url, user.token)));
    const spared = await bystander.socket();
    const notedBefore = noted();
    const replies = await refreshAtOnce(stolen);
    const endedAtMs = performance.now();
    const codes = replies.map(({ status, body }) => `${status} ${body.code}`);
    expect(codes.filter((code) => code === '401 refresh_token_reused')).toHaveLength(1);
    expect(codes.filter((code) => code === '401 invalid_refresh_token')).toHaveLength(AT_ONCE - 1);
    await Promise.all(sockets.map((socket) => socket.closed(PROMPTLY)));
    recordEvidence('C-12', { parallel: AT_ONCE, socketsClosedMs: Math.round(performance.now() - endedAtMs) });
    expect((await refresh(there, user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
    expect(await liveTokens(user)).toBe(0);
    expect([spared.isConnected, (await bystander.request('GET', '/auth/me')).status]).toEqual([true, 200]);
    spared.close();
    const [line = '', ...more] = noted().slice(notedBefore.length);
    expect(more).toEqual([]);
    expectBlind(line, [user, bystander]);
  });
});

/** What the logs of both say of tokens that were used twice. */
function noted(): string[] {
  return [...here.logLines, ...there.logLines].filter((line) => line.includes('used twice'));
}

/** It says what happened, and to nobody whom. */
function expectBlind(line: string, users: readonly TestUser[]): void {
  const { time, ...said } = JSON.parse(line) as Record<string, unknown>;
  expect(said).toEqual({ level: 40, msg: 'refresh token used twice, session ended', code: 'refresh_token_reused' });
  expect(typeof time).toBe('string');
  for (const { accountId, deviceId, username, signedIn } of users)
    for (const secret of [accountId, deviceId, username, signedIn.sessionId, signedIn.refreshToken])
      expect(line).not.toContain(secret);
}
