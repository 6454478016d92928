import { createHash } from 'node:crypto';
import { call, type Reply, TestRelay, TestSocket, TestUser, until } from '#testing';

const SECOND = 1_000;
/** The promised second, and some more for a busy machine. */
const PROMPTLY = 1_500;
const DAY = 86_400 * SECOND;
const ORIGIN = 'https://chat.example.org';

let relay: TestRelay;
beforeAll(async () => {
  relay = await TestRelay.start({ environment: { PUBLIC_URL: ORIGIN } });
});
afterAll(() => relay.stop());

const refresh = (refreshToken: unknown): Promise<Reply> =>
  call(relay, 'POST', '/v1/auth/refresh', { body: { refreshToken } });
const me = (token: string): Promise<Reply> => call(relay, 'GET', '/v1/auth/me', { token });

/** Refreshes and takes the new tokens on. */
async function renew(user: TestUser): Promise<void> {
  const { status, body } = await refresh(user.signedIn.refreshToken);
  expect(status).toBe(200);
  user.signedIn = { ...user.signedIn, ...body };
}

describe('a refresh token', () => {
  it('is exchanged for a new one and an access token that works', async () => {
    const user = await TestUser.register(relay);
    const { status, body } = await refresh(user.signedIn.refreshToken);
    expect([status, Object.keys(body).sort()]).toEqual([
      200,
      ['accessToken', 'expiresIn', 'refreshToken', 'sessionId'],
    ]);
    expect(body.refreshToken).not.toBe(user.signedIn.refreshToken);
    expect(body.sessionId).toBe(user.signedIn.sessionId);
    expect((await me(body.accessToken)).status).toBe(200);
  });

  it('is 256 random bits and stored as its SHA-256 only (C-11)', async () => {
    const user = await TestUser.register(relay);
    const first = user.signedIn.refreshToken;
    await renew(user);
    expect(Buffer.from(first, 'base64url')).toHaveLength(32);
    const rows = await relay.query<{ sha256: Buffer; row: string }>(
      'SELECT sha256, to_jsonb(t)::text AS row FROM refresh_tokens t WHERE session_id = $1',
      [user.signedIn.sessionId],
    );
    const digests = [first, user.signedIn.refreshToken].map((token) =>
      createHash('sha256').update(token).digest('hex'),
    );
    expect(rows.map(({ sha256 }) => sha256.toString('hex')).sort()).toEqual(digests.sort());
    const stored = rows.map(({ row }) => row).join('');
    for (const token of [first, user.signedIn.refreshToken])
      for (const form of [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex')])
        expect(stored).not.toContain(form);
  });

  it('used again after its successor ends the session: tokens, successors and sockets, within a second (C-12)', async () => {
    const user = await TestUser.register(relay);
    const stolen = user.signedIn.refreshToken;
    await renew(user);
    await renew(user);
    const socket = await user.socket();
    const reused = await refresh(stolen);
    expect([reused.status, reused.body.code]).toEqual([401, 'refresh_token_reused']);
    expect((await me(user.token)).status).toBe(401);
    expect((await refresh(user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
    await socket.closed(PROMPTLY);
  });

  it('used again ends no other session of the account', async () => {
    const user = await TestUser.register(relay);
    const other = await user.onNewDevice();
    const stolen = user.signedIn.refreshToken;
    await renew(user);
    await renew(user);
    expect((await refresh(stolen)).body.code).toBe('refresh_token_reused');
    expect((await other.request('GET', '/auth/me')).status).toBe(200);
  });

  it('gives the same successor again for ten seconds when the reply was lost (C-13)', async () => {
    const user = await TestUser.register(relay);
    const first = await refresh(user.signedIn.refreshToken);
    relay.clock.advance(9 * SECOND);
    const again = await refresh(user.signedIn.refreshToken);
    expect([again.status, again.body.refreshToken]).toEqual([200, first.body.refreshToken]);
    expect((await refresh(again.body.refreshToken)).status).toBe(200);
  });

  it('gives it no longer than that (C-13)', async () => {
    const user = await TestUser.register(relay);
    await refresh(user.signedIn.refreshToken);
    relay.clock.advance(11 * SECOND);
    expect((await refresh(user.signedIn.refreshToken)).body.code).toBe('refresh_token_reused');
  });

  it('gives it no longer than the successor is unused, not even within ten seconds (C-13)', async () => {
    const user = await TestUser.register(relay);
    const first = await refresh(user.signedIn.refreshToken);
    expect((await refresh(first.body.refreshToken)).status).toBe(200);
    expect((await refresh(user.signedIn.refreshToken)).body.code).toBe('refresh_token_reused');
  });

  it('presented fifty times at once has one successor, and nothing is revoked (C-13)', async () => {
    const user = await TestUser.register(relay);
    const replies = await Promise.all(Array.from({ length: 50 }, () => refresh(user.signedIn.refreshToken)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(replies.map(({ body }) => body.refreshToken)).size).toBe(1);
    const unused = await relay.query('SELECT 1 FROM refresh_tokens WHERE session_id = $1 AND used_at IS NULL', [
      user.signedIn.sessionId,
    ]);
    expect(unused).toHaveLength(1);
    expect((await refresh(replies[0]!.body.refreshToken)).status).toBe(200);
  });

  it('leaves no copy of its successor once that is used', async () => {
    const user = await TestUser.register(relay);
    await renew(user);
    await renew(user);
    const kept = 'SELECT 1 FROM refresh_tokens WHERE session_id = $1 AND successor_sealed IS NOT NULL';
    expect(await relay.query(kept, [user.signedIn.sessionId])).toHaveLength(1);
  });

  it.each([
    'A'.repeat(43),
    `${'A'.repeat(42)}B`,
    'A'.repeat(42),
    'A'.repeat(44),
    '',
    7,
    null,
    ['A'.repeat(43)],
    { a: 1 },
  ])('that nobody issued is refused: %j', async (token) => {
    const { status, body } = await refresh(token);
    expect([400, 401]).toContain(status);
    expect(['invalid_request', 'invalid_refresh_token']).toContain(body.code);
  });

  it('is no access token, and an access token is no refresh token (C-10)', async () => {
    const user = await TestUser.register(relay);
    expect((await me(user.signedIn.refreshToken)).status).toBe(401);
    expect((await refresh(user.token)).status).toBe(400);
  });
});

describe('a session', () => {
  it('ends after fourteen idle days, and not while it is used (C-14)', async () => {
    const user = await TestUser.register(relay);
    relay.clock.advance(13 * DAY);
    await renew(user);
    relay.clock.advance(13 * DAY);
    await renew(user);
    relay.clock.advance(14 * DAY);
    expect((await refresh(user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
  });

  it('ends after ninety days, however much it is used (C-14)', async () => {
    const user = await TestUser.register(relay);
    for (let day = 0; day < 80; day += 10) {
      relay.clock.advance(10 * DAY);
      await renew(user);
    }
    relay.clock.advance(10 * DAY - 60 * SECOND);
    await renew(user);
    expect((await me(user.token)).status).toBe(200);
    relay.clock.advance(61 * SECOND);
    expect((await refresh(user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
    expect((await me(user.token)).status).toBe(401);
  });

  it('forgets used tokens that are older than an idle session could be', async () => {
    const user = await TestUser.register(relay);
    for (let n = 0; n < 4; n++) {
      await renew(user);
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
    expect((await refresh(user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
    await socket.closed(PROMPTLY);
    await expect(user.socket()).rejects.toThrow();
  });

  it('is listed to its owner, newest first and page by page, and to nobody else (C-16)', async () => {
    const [user, stranger] = [await TestUser.register(relay), await TestUser.register(relay)];
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
    const [user, stranger] = [await TestUser.register(relay), await TestUser.register(relay)];
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
    const other = await TestRelay.start({ database: relay.database, clock: relay.clock });
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

describe('the refresh cookie (C-17)', () => {
  const OWN_PAGE = { origin: ORIGIN, 'sealpost-csrf': '1' };
  const COOKIE = '__Host-sealpost-refresh';

  async function signIn(headers: Record<string, string> = OWN_PAGE): Promise<{ user: TestUser; reply: Reply }> {
    const user = await TestUser.register(relay);
    const body = { username: user.username, authKey: user.authKey, deviceId: user.deviceId, transport: 'cookie' };
    return { user, reply: await call(relay, 'POST', '/v1/auth/login', { body, headers }) };
  }

  const cookieOf = ({ headers }: Reply): string =>
    /^__Host-sealpost-refresh=([\w-]{43});/.exec(headers.get('set-cookie') ?? '')?.[1] ?? 'none';
  const refreshBy = (token: string, headers: Record<string, string> = OWN_PAGE): Promise<Reply> =>
    call(relay, 'POST', '/v1/auth/refresh', { body: {}, headers: { ...headers, cookie: `${COOKIE}=${token}` } });

  it('is bound to this host, hidden from scripts and other sites, and its value stands nowhere else', async () => {
    const { reply } = await signIn();
    const [, ...attributes] = reply.headers.get('set-cookie')!.split('; ');
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=1209600', 'Path=/', 'SameSite=Strict', 'Secure']);
    expect(reply.body).not.toHaveProperty('refreshToken');
    expect(JSON.stringify(reply.body)).not.toContain(cookieOf(reply));
  });

  it('is exchanged for the next cookie and an access token', async () => {
    const { reply } = await signIn();
    const next = await refreshBy(cookieOf(reply));
    expect([next.status, Object.keys(next.body).sort()]).toEqual([200, ['accessToken', 'expiresIn', 'sessionId']]);
    expect(cookieOf(next)).not.toBe(cookieOf(reply));
    expect((await me(next.body.accessToken)).status).toBe(200);
    expect((await refreshBy(cookieOf(next))).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['no origin', { 'sealpost-csrf': '1' }],
    ['another origin', { origin: 'https://evil.example', 'sealpost-csrf': '1' }],
    ['a lookalike of the origin', { origin: `${ORIGIN}.evil.example`, 'sealpost-csrf': '1' }],
    ['the null origin', { origin: 'null', 'sealpost-csrf': '1' }],
    ['no header', { origin: ORIGIN }],
    ['another header value', { origin: ORIGIN, 'sealpost-csrf': '0' }],
  ])('is neither set for nor taken from a page with %s', async (_what, headers) => {
    const { reply: refused } = await signIn(headers);
    expect([refused.status, refused.headers.get('set-cookie')]).toEqual([403, null]);
    const { reply } = await signIn();
    expect((await refreshBy(cookieOf(reply), headers)).status).toBe(403);
    expect((await refreshBy(cookieOf(reply))).status).toBe(200);
  });

  it('and the body are two transports: neither takes a token of the other, nor is a session hurt by the attempt', async () => {
    const { user, reply } = await signIn();
    expect((await refresh(cookieOf(reply))).body.code).toBe('invalid_refresh_token');
    expect((await refreshBy(user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
    expect((await refreshBy(cookieOf(reply))).status).toBe(200);
    expect((await refresh(user.signedIn.refreshToken)).status).toBe(200);
  });

  it('is cleared when its session signs out', async () => {
    const { reply } = await signIn();
    const headers = { cookie: `${COOKIE}=${cookieOf(reply)}` };
    const out = await call(relay, 'POST', '/v1/auth/logout', { token: reply.body.accessToken, headers });
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-sealpost-refresh=; .*Expires=Thu, 01 Jan 1970/);
    expect((await refreshBy(cookieOf(reply))).status).toBe(401);
  });

  it.each([
    ['an empty one', ''],
    ['a short one', 'short'],
    ['a long one', 'x'.repeat(5_000)],
    ['an escaped NUL', '%00'],
    ['a quoted one', '"quoted"'],
  ])('of any other form is refused: %s', async (_what, value) => {
    const { status, body } = await refreshBy(value);
    expect([status, body.code]).toEqual([401, 'invalid_refresh_token']);
  });
});
