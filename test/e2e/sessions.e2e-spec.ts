import { call, people, type Reply, TestRelay, TestSocket, TestUser, until } from '#testing';
import { PROMPTLY } from './promptly.js';
import { refresh, renew } from './renewal.js';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

const relay = TestRelay.duringTests();

describe('a session', () => {
  it('ends after fourteen idle days, and not while it is used (C-14)', async () => {
    const user = await TestUser.register(relay);
    for (let times = 0; times < 2; times++) {
      relay.clock.advance(14 * DAY - 60 * SECOND);
      await renew(relay, user);
    }
    relay.clock.advance(14 * DAY);
    expect((await refresh(relay, user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
  });

  it('ends after ninety days, however much it is used (C-14)', async () => {
    const user = await TestUser.register(relay);
    for (let day = 0; day < 80; day += 10) {
      relay.clock.advance(10 * DAY);
      await renew(relay, user);
    }
    relay.clock.advance(10 * DAY - 60 * SECOND);
    await renew(relay, user);
    expect((await user.request('GET', '/auth/me')).status).toBe(200);
    relay.clock.advance(61 * SECOND);
    expect((await refresh(relay, user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
    expect((await user.request('GET', '/auth/me')).status).toBe(401);
  });

  it('forgets used tokens that are older than an idle session could be', async () => {
    const user = await TestUser.register(relay);
    for (let n = 0; n < 4; n++) {
      await renew(relay, user);
      relay.clock.advance(10 * DAY);
    }
    const kept = await relay.query('SELECT 1 FROM refresh_tokens WHERE session_id = $1', [user.signedIn.sessionId]);
    expect(kept.length).toBeLessThan(4);
  });

  it('is over at once when its owner signs out (C-15)', async () => {
    const user = await TestUser.register(relay);
    const socket = await user.socket();
    expect((await user.request('POST', '/auth/logout')).status).toBe(204);
    expect((await user.request('GET', '/auth/me')).body.code).toBe('invalid_token');
    expect((await refresh(relay, user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
    await socket.closed(PROMPTLY);
    await expect(user.socket()).rejects.toThrow();
  });

  it('is listed to its owner, newest first and page by page, and to nobody else (C-16)', async () => {
    const [user, stranger] = await people(relay, 2);
    const second = await user.onNewDevice();
    const third = await user.onNewDevice();
    const page = await user.request('GET', '/auth/sessions?limit=2');
    const rest = await user.request('GET', `/auth/sessions?limit=2&cursor=${page.body.nextCursor}`);
    const shown = [...page.body.items, ...rest.body.items].map(({ id, deviceId, current }) => [id, deviceId, current]);
    const expected = [third, second, user].map(({ signedIn, deviceId }) => [
      signedIn.sessionId,
      deviceId,
      signedIn === user.signedIn,
    ]);
    expect([shown, rest.body.nextCursor]).toEqual([expected, null]);
    expect((await stranger.request('GET', '/auth/sessions')).body.items).toHaveLength(1);
    expect((await user.request('GET', '/auth/sessions?limit=1000000000')).status).toBe(400);
  });

  it('is ended by its owner from another device, but by no stranger (C-16)', async () => {
    const [user, stranger] = await people(relay, 2);
    const lost = await user.onNewDevice();
    const socket = await lost.socket();
    const path = `/auth/sessions/${lost.signedIn.sessionId}`;
    const [theirs, nobodys] = [
      await stranger.request('DELETE', path),
      await stranger.request('DELETE', `/auth/sessions/${user.accountId}`),
    ];
    expect([theirs.status, { ...theirs.body, requestId: '' }]).toEqual([404, { ...nobodys.body, requestId: '' }]);
    expect((await lost.request('GET', '/auth/me')).status).toBe(200);
    expect((await user.request('DELETE', path)).status).toBe(204);
    expect((await lost.request('GET', '/auth/me')).status).toBe(401);
    await socket.closed(PROMPTLY);
    expect((await user.request('DELETE', path)).status).toBe(404);
    expect((await user.request('GET', '/auth/sessions')).body.items).toHaveLength(1);
  });

  it('that ends on one relay is over on the other within a second (C-15)', async () => {
    const other = await TestRelay.start({ beside: relay });
    try {
      const user = await TestUser.register(relay);
      const there = (): Promise<Reply> => call(other, 'GET', '/v1/auth/me', { token: user.token });
      const socket = await TestSocket.connect(other.url, user.token);
      expect((await there()).status).toBe(200);
      await user.request('POST', '/auth/logout');
      await socket.closed(PROMPTLY);
      await until(async () => (await there()).status === 401, 'the other relay refuses', PROMPTLY);
    } finally {
      await other.stop();
    }
  });

  it('that is ended in the database itself is over within a second', async () => {
    const user = await TestUser.register(relay);
    const socket = await user.socket();
    await relay.query('UPDATE sessions SET revoked_at = $2 WHERE id = $1', [
      user.signedIn.sessionId,
      relay.clock.now(),
    ]);
    await socket.closed(PROMPTLY);
    expect((await user.request('GET', '/auth/me')).status).toBe(401);
  });
});
