import { createHash } from 'node:crypto';
import { call, people, type Reply, TestRelay, TestSocket, TestUser } from '#testing';
import { PROMPTLY } from './promptly.js';
import { refresh, renew } from './renewal.js';

const SECOND = 1_000;
const ORIGIN = 'https://chat.example.org';

const relay = TestRelay.duringTests({ environment: { PUBLIC_URL: ORIGIN } });

const me = (token: string): Promise<Reply> => call(relay, 'GET', '/v1/auth/me', { token });

describe('a refresh token', () => {
  it('is exchanged for a new one and an access token that works', async () => {
    const user = await TestUser.register(relay);
    const { status, body } = await refresh(relay, user.signedIn.refreshToken);
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
    await renew(relay, user);
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
    await renew(relay, user);
    await renew(relay, user);
    const socket = await user.socket();
    const reused = await refresh(relay, stolen);
    expect([reused.status, reused.body.code]).toEqual([401, 'refresh_token_reused']);
    expect((await me(user.token)).status).toBe(401);
    expect((await refresh(relay, user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
    await socket.closed(PROMPTLY);
  });

  it('used again ends no other session of the account', async () => {
    const user = await TestUser.register(relay);
    const other = await user.onNewDevice();
    const stolen = user.signedIn.refreshToken;
    await renew(relay, user);
    await renew(relay, user);
    expect((await refresh(relay, stolen)).body.code).toBe('refresh_token_reused');
    expect((await other.request('GET', '/auth/me')).status).toBe(200);
  });

  it('gives the same successor again for ten seconds when the reply was lost (C-13)', async () => {
    const user = await TestUser.register(relay);
    const first = await refresh(relay, user.signedIn.refreshToken);
    relay.clock.advance(9 * SECOND);
    const again = await refresh(relay, user.signedIn.refreshToken);
    expect([again.status, again.body.refreshToken]).toEqual([200, first.body.refreshToken]);
    expect((await refresh(relay, again.body.refreshToken)).status).toBe(200);
  });

  it('gives it no longer than that (C-13)', async () => {
    const user = await TestUser.register(relay);
    await refresh(relay, user.signedIn.refreshToken);
    relay.clock.advance(11 * SECOND);
    expect((await refresh(relay, user.signedIn.refreshToken)).body.code).toBe('refresh_token_reused');
  });

  it('gives it no longer than the successor is unused, not even within ten seconds (C-13)', async () => {
    const user = await TestUser.register(relay);
    const first = await refresh(relay, user.signedIn.refreshToken);
    expect((await refresh(relay, first.body.refreshToken)).status).toBe(200);
    expect((await refresh(relay, user.signedIn.refreshToken)).body.code).toBe('refresh_token_reused');
  });

  it('presented fifty times at once has one successor, and nothing is revoked (C-13)', async () => {
    const user = await TestUser.register(relay);
    const replies = await Promise.all(Array.from({ length: 50 }, () => refresh(relay, user.signedIn.refreshToken)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(replies.map(({ body }) => body.refreshToken)).size).toBe(1);
    const unused = await relay.query('SELECT 1 FROM refresh_tokens WHERE session_id = $1 AND used_at IS NULL', [
      user.signedIn.sessionId,
    ]);
    expect(unused).toHaveLength(1);
    expect((await refresh(relay, replies[0]!.body.refreshToken)).status).toBe(200);
  });

  it('leaves no copy of its successor once that is used', async () => {
    const user = await TestUser.register(relay);
    await renew(relay, user);
    await renew(relay, user);
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
    const { status, body } = await refresh(relay, token);
    expect([400, 401]).toContain(status);
    expect(['invalid_request', 'invalid_refresh_token']).toContain(body.code);
  });

  it('is no access token, and an access token is no refresh token (C-10)', async () => {
    const user = await TestUser.register(relay);
    expect((await me(user.signedIn.refreshToken)).status).toBe(401);
    expect((await refresh(relay, user.token)).status).toBe(400);
  });

  it('is no access token, over HTTP or on a socket', async () => {
    const eve = await TestUser.register(relay);
    const { refreshToken } = eve.signedIn;
    expect(await call(relay, 'GET', '/v1/auth/me', { token: refreshToken })).toMatchObject({
      status: 401,
      body: { code: 'invalid_token' },
    });
    await expect(TestSocket.connect(relay.url, refreshToken)).rejects.toMatchObject({
      data: { code: 'invalid_token' },
    });
    const socket = await eve.socket();
    const { error } = await socket.emit('auth:renew', { token: refreshToken });
    expect(error?.code).toBe('invalid_token');
    socket.close();
  });

  it('is not what an access token can be used as, whole or in part', async () => {
    const eve = await TestUser.register(relay);
    const [, , signature] = eve.token.split('.');
    const whole = await refresh(relay, eve.token);
    const part = await refresh(relay, signature);
    expect([whole.status, part.status, part.body.code]).toEqual([400, 401, 'invalid_refresh_token']);
  });

  it('renews no socket with the access token of somebody else', async () => {
    const [ada, eve] = await people(relay, 2);
    const socket = await eve.socket();
    const { ok, error } = await socket.emit('auth:renew', { token: ada.token });
    expect([ok, error?.code]).toEqual([false, 'forbidden']);
    socket.close();
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

  it('is shown by no other answer to who has it', async () => {
    const { reply } = await signIn();
    const next = await refreshBy(cookieOf(reply));
    const headers = { ...OWN_PAGE, cookie: `${COOKIE}=${cookieOf(next)}` };
    const asked = ['auth/me', 'auth/sessions', 'devices', 'conversations', 'messages/inbox', 'messages/sent'];
    const answers = [{ ...next, headers: new Headers() }];
    for (const path of asked)
      answers.push(await call(relay, 'GET', `/v1/${path}`, { token: next.body.accessToken, headers }));
    answers.push(await call(relay, 'GET', '/v1/auth/me', { headers }));
    expect(answers.map(({ status }) => status)).toEqual([...asked.map(() => 200), 200, 401]);
    const shown = answers.map((answer) => JSON.stringify([[...answer.headers], answer.body])).join('');
    for (const token of [cookieOf(reply), cookieOf(next)]) expect(shown).not.toContain(token);
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
    expect((await refresh(relay, cookieOf(reply))).body.code).toBe('invalid_refresh_token');
    expect((await refreshBy(user.signedIn.refreshToken)).body.code).toBe('invalid_refresh_token');
    expect((await refreshBy(cookieOf(reply))).status).toBe(200);
    expect((await refresh(relay, user.signedIn.refreshToken)).status).toBe(200);
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
