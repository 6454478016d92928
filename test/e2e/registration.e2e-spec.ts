import { call, type Reply, TestRelay, TestUser } from '#testing';
import { freshName, secret } from './signing-in.js';

const relay = TestRelay.duringTests();

async function kdfOf(username: string): Promise<Record<string, unknown>> {
  const { body } = await call(relay, 'GET', `/v1/auth/kdf?username=${username}`);
  return body;
}

async function registration(change: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const username = freshName();
  return { username, authKey: secret(), kdf: await kdfOf(username), device: { name: 'first' }, ...change };
}

const register = (body: unknown): Promise<Reply> => call(relay, 'POST', '/v1/auth/register', { body });

describe('key derivation parameters', () => {
  it('are the same each time for a name nobody has, and others for another name (C-05)', async () => {
    const [name, other] = [freshName(), freshName()];
    expect(await kdfOf(name)).toEqual(await kdfOf(name));
    expect(await kdfOf(name)).not.toEqual(await kdfOf(other));
    expect(await kdfOf(name)).toEqual({
      algorithm: 'argon2id',
      salt: expect.stringMatching(/^[\w-]{22}$/),
      memoryKiB: 65_536,
      iterations: 3,
      parallelism: 1,
    });
  });

  it('do not tell when a name is registered, nor when its account is deleted', async () => {
    const username = freshName();
    const before = await kdfOf(username);
    const user = await TestUser.register(relay, { username });
    expect(await kdfOf(username)).toEqual(before);
    await user.request('DELETE', '/auth/me', { authKey: user.authKey });
    expect(await kdfOf(username)).toEqual(before);
  });

  it('are those that the account was registered with', async () => {
    const body = await registration();
    const { salt } = body.kdf as { salt: string };
    const kdf = { algorithm: 'pbkdf2-sha256', salt, iterations: 700_000 };
    expect((await register({ ...body, kdf })).status).toBe(201);
    expect(await kdfOf(String(body.username))).toEqual(kdf);
  });

  it.each([
    '',
    '?username=',
    '?username=ab',
    '?username=Ada',
    '?username=a%00b',
    '?username=ada&x=1',
    '?username=ada&username=eve',
  ])('are refused for a malformed question: %s', async (query) => {
    const { status, body } = await call(relay, 'GET', `/v1/auth/kdf${query}`);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });
});

describe('registration', () => {
  it('makes an account, a device and a session', async () => {
    const body = await registration({ displayName: 'Ada Lovelace' });
    const { status, body: made } = await register(body);
    expect(status).toBe(201);
    expect(made).toMatchObject({
      account: { username: body.username, displayName: 'Ada Lovelace', privacy: 'everyone' },
      device: { name: 'first', current: true },
      expiresIn: 600,
    });
    const me = await call(relay, 'GET', '/v1/auth/me', { token: made.accessToken });
    expect([me.status, me.body]).toEqual([200, made.account]);
  });

  it('gives a name to one of many who ask at once', async () => {
    const body = await registration();
    const replies = await Promise.all(Array.from({ length: 12 }, () => register({ ...body, authKey: secret() })));
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 11 }, () => 409)]);
    expect(replies.filter(({ status }) => status === 409).map(({ body: refused }) => refused.code)).toEqual(
      Array.from({ length: 11 }, () => 'username_taken'),
    );
    const made = await relay.query(
      'SELECT 1 FROM devices d JOIN accounts a ON a.id = d.account_id WHERE a.username = $1',
      [body.username],
    );
    expect(made).toHaveLength(1);
  });

  it('never gives out the name of a deleted account', async () => {
    const user = await TestUser.register(relay);
    await user.request('DELETE', '/auth/me', { authKey: user.authKey });
    const { status, body } = await register(
      await registration({ username: user.username, kdf: await kdfOf(user.username) }),
    );
    expect([status, body.code]).toEqual([409, 'username_taken']);
  });

  it('takes only the salt that was shown for the name', async () => {
    const body = await registration({ kdf: await kdfOf(freshName()) });
    const reply = await register(body);
    expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
    expect(reply.body.errors).toEqual([{ path: '/kdf/salt', message: expect.stringContaining('GET /auth/kdf') }]);
  });

  it.each([
    { memoryKiB: 65_535 },
    { iterations: 2 },
    { algorithm: 'pbkdf2-sha256', iterations: 599_999, memoryKiB: undefined, parallelism: undefined },
  ])('refuses a derivation that is too weak: %j', async (weaker) => {
    const body = await registration();
    const reply = await register({ ...body, kdf: { ...(body.kdf as object), ...weaker } });
    expect([reply.status, reply.body.code]).toEqual([400, 'kdf_too_weak']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a name in capitals', { username: 'Ada' }],
    ['a short secret (C-02)', { authKey: Buffer.alloc(31).toString('base64url') }],
    ['a long secret (C-02)', { authKey: Buffer.alloc(33).toString('base64url') }],
    ['a secret in base64', { authKey: `${'/'.repeat(42)}+` }],
    ['a password', { password: 'correct horse' }],
    ['no device', { device: undefined }],
    ['a device without a name', { device: { name: '' } }],
    ['a device id', { deviceId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' }],
    ['a NUL in the display name', { displayName: 'a\0b' }],
    ['a line break in the display name', { displayName: 'a\nb' }],
    ['a long display name', { displayName: 'x'.repeat(65) }],
    ['an unknown derivation', { kdf: { algorithm: 'scrypt', salt: 'AAAAAAAAAAAAAAAAAAAAAA' } }],
    ['a derivation without its kind', { kdf: { salt: 'AAAAAAAAAAAAAAAAAAAAAA', iterations: 3 } }],
    [
      'fields of another derivation',
      { kdf: { algorithm: 'pbkdf2-sha256', salt: 'AAAAAAAAAAAAAAAAAAAAAA', iterations: 600_000, memoryKiB: 1 } },
    ],
    ['a short salt', { kdf: { algorithm: 'pbkdf2-sha256', salt: 'AAAA', iterations: 600_000 } }],
    ['an unknown transport', { transport: 'header' }],
    ['a role', { role: 'admin' }],
    ['a list as name', { username: ['ada'] }],
  ])('refuses %s', async (_what, change) => {
    const { status, body } = await register(await registration(change));
    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });

  it.each(['{"__proto__":{"username":"ada"}}', '{"constructor":{}}', '[]', '"ada"', 'null', '{', ''])(
    'refuses the body %s',
    async (body) => {
      const reply = await register(body);
      expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
    },
  );
});

describe('the budget for strangers (C-34)', () => {
  it('is drawn on by asking for parameters and by registering alike, whether the name is taken or free', async () => {
    const strict = await TestRelay.start({ environment: { LIMITS: 'strangersAddress=4/36000,register=100/1' } });
    try {
      const user = await TestUser.register(strict);
      const again = {
        username: user.username,
        authKey: secret(),
        kdf: (await call(strict, 'GET', `/v1/auth/kdf?username=${user.username}`)).body,
      };
      const tryName = (body: object): Promise<Reply> =>
        call(strict, 'POST', '/v1/auth/register', { body: { ...body, device: { name: 'x' } } });
      expect((await tryName(again)).body.code).toBe('username_taken');
      expect((await tryName(again)).body.code).toBe('rate_limited');
      expect((await tryName({ ...again, username: freshName() })).body.code).toBe('rate_limited');
      expect((await call(strict, 'GET', '/v1/auth/kdf?username=ada')).body.code).toBe('rate_limited');
    } finally {
      await strict.stop();
    }
  });
});
