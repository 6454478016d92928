import { call, people, type Reply, TestRelay, TestUser } from '#testing';
import { PROMPTLY } from './promptly.js';
import { secret } from './signing-in.js';

const relay = TestRelay.duringTests();

const STRONG = { algorithm: 'pbkdf2-sha256', salt: 'q83vEjRWeJCrze8SNFZ4kA', iterations: 600_000 };

function login(user: TestUser, authKey = user.authKey): Promise<Reply> {
  return call(relay, 'POST', '/v1/auth/login', { body: { username: user.username, authKey, deviceId: user.deviceId } });
}

describe('my account', () => {
  it('is shown as it is', async () => {
    const user = await TestUser.register(relay, { displayName: 'Ada' });
    const { status, body } = await user.request('GET', '/auth/me');
    expect([status, body]).toEqual([200, user.signedIn.account]);
  });

  it('takes a new display name, of which contacts hear', async () => {
    const [user, friend] = await people(relay, 2);
    await friend.request('PUT', `/contacts/${user.username}`, { state: 'accepted' });
    const socket = await friend.socket();
    const { status, body } = await user.request('PATCH', '/auth/me', { displayName: 'Ada 🦉' });
    expect([status, body.displayName, body.privacy]).toEqual([200, 'Ada 🦉', 'everyone']);
    const [heard] = await socket.hear('account:changed');
    expect(heard).toMatchObject({ what: 'profile', subject: user.accountId });
    socket.close();
  });

  it('takes a privacy, of which only its own devices hear', async () => {
    const [user, friend] = await people(relay, 2);
    await friend.request('PUT', `/contacts/${user.username}`, { state: 'accepted' });
    const { body } = await user.request('PATCH', '/auth/me', { privacy: 'contacts' });
    expect([body.privacy, body.displayName]).toEqual(['contacts', user.username]);
    const heard = `SELECT account_id AS id FROM account_changes WHERE what = 'profile' AND subject = $1`;
    expect(await relay.query(heard, [user.accountId])).toEqual([{ id: user.accountId }]);
  });

  it('stays as it is when nothing is asked', async () => {
    const user = await TestUser.register(relay);
    const { status, body } = await user.request('PATCH', '/auth/me', {});
    expect([status, body]).toEqual([200, user.signedIn.account]);
  });

  it.each([
    { username: 'eve' },
    { role: 'admin' },
    { privacy: 'nobody' },
    { displayName: '' },
    { displayName: null },
    { displayName: 'a\u0000' },
    { id: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' },
  ])('takes no such change: %j', async (body) => {
    const user = await TestUser.register(relay);
    expect((await user.request('PATCH', '/auth/me', body)).body.code).toBe('invalid_request');
  });
});

describe('changing the secret (C-08)', () => {
  it('needs the current one, ends the other sessions and their sockets, and keeps the one that asked', async () => {
    const user = await TestUser.register(relay);
    const other = await user.onNewDevice();
    const socket = await other.socket();
    const newAuthKey = secret();
    const change = { authKey: user.authKey, newAuthKey, newKdf: STRONG };
    expect((await user.request('POST', '/auth/password', { ...change, authKey: secret() })).body.code).toBe(
      'invalid_credentials',
    );
    expect((await other.request('GET', '/auth/me')).status).toBe(200);
    expect((await user.request('POST', '/auth/password', change)).status).toBe(204);
    expect((await other.request('GET', '/auth/me')).status).toBe(401);
    expect((await user.request('GET', '/auth/me')).status).toBe(200);
    await socket.closed(PROMPTLY);
    expect([(await login(user)).status, (await login(user, newAuthKey)).status]).toEqual([401, 200]);
    expect((await call(relay, 'GET', `/v1/auth/kdf?username=${user.username}`)).body).toEqual(STRONG);
  });

  it('keeps the other sessions when asked to', async () => {
    const user = await TestUser.register(relay);
    const other = await user.onNewDevice();
    const change = { authKey: user.authKey, newAuthKey: secret(), newKdf: STRONG, keepOtherSessions: true };
    expect((await user.request('POST', '/auth/password', change)).status).toBe(204);
    expect((await other.request('GET', '/auth/me')).status).toBe(200);
  });

  it('refuses a derivation that is too weak, and changes nothing', async () => {
    const user = await TestUser.register(relay);
    const change = { authKey: user.authKey, newAuthKey: secret(), newKdf: { ...STRONG, iterations: 599_999 } };
    expect((await user.request('POST', '/auth/password', change)).body.code).toBe('kdf_too_weak');
    expect((await login(user)).status).toBe(200);
  });

  it('succeeds for one of several at once', async () => {
    const user = await TestUser.register(relay);
    const secrets = Array.from({ length: 4 }, secret);
    const replies = await Promise.all(
      secrets.map((newAuthKey) =>
        user.request('POST', '/auth/password', { authKey: user.authKey, newAuthKey, newKdf: STRONG }),
      ),
    );
    const won = replies.findIndex(({ status }) => status === 204);
    expect(replies.filter(({ status }) => status === 204)).toHaveLength(1);
    for (const { status } of replies) expect([204, 401, 409]).toContain(status);
    expect((await login(user, secrets[won])).status).toBe(200);
  });

  it('may be tried five times in a session', async () => {
    const strict = await TestRelay.start({ environment: { LIMITS: 'register=100/1' } });
    try {
      const user = await TestUser.register(strict);
      const change = { authKey: secret(), newAuthKey: secret(), newKdf: STRONG };
      for (let n = 0; n < 5; n++) expect((await user.request('POST', '/auth/password', change)).status).toBe(401);
      expect((await user.request('DELETE', '/auth/me', { authKey: user.authKey })).status).toBe(429);
    } finally {
      await strict.stop();
    }
  });
});

describe('deleting my account', () => {
  it('needs the secret', async () => {
    const user = await TestUser.register(relay);
    expect((await user.request('DELETE', '/auth/me', { authKey: secret() })).body.code).toBe('invalid_credentials');
    expect((await user.request('DELETE', '/auth/me', {})).body.code).toBe('invalid_request');
    expect((await user.request('DELETE', '/auth/me')).body.code).toBe('invalid_request');
    expect((await user.request('GET', '/auth/me')).status).toBe(200);
  });

  it('ends sessions, devices and sockets within a second, and leaves nothing but the name (C-15)', async () => {
    const [user, friend] = [await TestUser.register(relay, { displayName: 'Canary' }), await TestUser.register(relay)];
    await friend.request('PUT', `/contacts/${user.username}`, { state: 'accepted' });
    await user.request('PUT', `/contacts/${friend.username}`, { state: 'accepted' });
    const other = await user.onNewDevice();
    const [socket, friendly] = [await other.socket(), await friend.socket()];
    expect((await user.request('DELETE', '/auth/me', { authKey: user.authKey })).status).toBe(204);
    expect((await other.request('GET', '/auth/me')).status).toBe(401);
    expect((await user.request('GET', '/auth/me')).status).toBe(401);
    await socket.closed(PROMPTLY);
    const refused = await login(user);
    expect([refused.status, refused.body.code]).toEqual([401, 'invalid_credentials']);
    const [row] = await relay.query(
      'SELECT username, display_name, auth_hash, kdf, status FROM accounts WHERE id = $1',
      [user.accountId],
    );
    expect(row).toEqual({ username: user.username, display_name: '', auth_hash: null, kdf: null, status: 'deleted' });
    const contacts = 'SELECT 1 FROM contacts WHERE account_id = $1 OR peer_id = $1';
    expect(await relay.query(contacts, [user.accountId])).toHaveLength(0);
    const devices = `SELECT 1 FROM devices WHERE account_id = $1 AND (revoked_at IS NULL OR name <> '')`;
    expect(await relay.query(devices, [user.accountId])).toHaveLength(0);
    expect((await friend.request('GET', `/users/${user.username}`)).status).toBe(404);
    await friendly.hear('account:changed');
    friendly.close();
  });

  it('happens once, whoever asks again', async () => {
    const user = await TestUser.register(relay);
    const replies = await Promise.all([1, 2].map(() => user.request('DELETE', '/auth/me', { authKey: user.authKey })));
    expect(replies.some(({ status }) => status === 204)).toBe(true);
    for (const { status } of replies) expect([204, 401]).toContain(status);
  });

  it('touches nobody else', async () => {
    const [user, other] = await people(relay, 2);
    await user.request('DELETE', '/auth/me', { authKey: user.authKey });
    expect((await other.request('GET', '/auth/me')).status).toBe(200);
  });
});
